#pragma once

#include <functional>

/**
 * Call work(task, worker) for each task, on up to `threads` threads, each of which takes the next as soon as it is free. The threads are kept from
 * call to call. Several calls at a time are right, but only one of them has helpers.
 */
void shareOut(int tasks, int threads, const std::function<void(int task, int worker)> &work);
