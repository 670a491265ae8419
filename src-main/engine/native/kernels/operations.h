#pragma once

/** Make the kernels known to TensorFlow as operations of its own, once per process. @throws std::runtime_error when it refuses */
void registerOperations();
