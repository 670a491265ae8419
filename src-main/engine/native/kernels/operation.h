#pragma once

#include <tensorflow/c/kernels.h>
#include <tensorflow/c/ops.h>
#include <tensorflow/c/tf_tensor.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/** What TensorFlow's C interface takes and gives, as the operations of this program use it. Mistakes are thrown as exceptions. */

typedef std::vector<int64_t> Shape;

struct Status {
  TF_Status *const held = TF_NewStatus();
  Status() = default;
  Status(const Status &) = delete;
  ~Status() { TF_DeleteStatus(held); }
  operator TF_Status *() const { return held; }
  void check() const {
    if (TF_GetCode(held) != TF_OK) throw std::runtime_error(TF_Message(held));
  }
};

/** A tensor of a call, let go with this object. */
class Tensor {
 public:
  explicit Tensor(TF_Tensor *tensor) : tensor_(tensor, TF_DeleteTensor) {}

  template <typename T>
  T *data() const { return static_cast<T *>(TF_TensorData(tensor_.get())); }
  float *floats() const { return data<float>(); }
  /** Null where there is none. */
  float *floatsOrNull() const { return size() ? floats() : nullptr; }
  int64_t size() const { return TF_TensorElementCount(tensor_.get()); }

  Shape shape() const {
    Shape found(TF_NumDims(tensor_.get()));
    for (size_t i = 0; i < found.size(); i++) found[i] = TF_Dim(tensor_.get(), static_cast<int>(i));
    return found;
  }

  /** What has another shape is refused: nothing is read beyond its end. */
  Tensor of(const Shape &wanted, const char *what) && {
    if (shape() != wanted) throw std::invalid_argument(std::string(what) + " has another shape than the kernel needs");
    return std::move(*this);
  }

 private:
  std::unique_ptr<TF_Tensor, void (*)(TF_Tensor *)> tensor_;
};

/** Where an operation reads its attributes. */
class Construction {
 public:
  explicit Construction(TF_OpKernelConstruction *from) : from_(from) {}

  int integer(const char *name) const {
    Status status;
    int32_t value = 0;
    TF_OpKernelConstruction_GetAttrInt32(from_, name, &value, status);
    status.check();
    return value;
  }

  float real(const char *name) const {
    Status status;
    float value = 0;
    TF_OpKernelConstruction_GetAttrFloat(from_, name, &value, status);
    status.check();
    return value;
  }

 private:
  TF_OpKernelConstruction *from_;
};

/** One call of an operation. */
class Call {
 public:
  explicit Call(TF_OpKernelContext *context) : context_(context) {}

  Tensor input(int index) const {
    Status status;
    TF_Tensor *tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status);
    status.check();
    return Tensor(tensor);
  }

  Tensor output(int index, TF_DataType type, const Shape &shape) const {
    Status status;
    size_t bytes = TF_DataTypeSize(type);
    for (const int64_t length : shape) bytes *= length;
    TF_Tensor *tensor = TF_AllocateOutput(context_, index, type, shape.data(), static_cast<int>(shape.size()), bytes, status);
    status.check();
    return Tensor(tensor);
  }

  Tensor floats(int index, const Shape &shape) const { return output(index, TF_FLOAT, shape); }

 private:
  TF_OpKernelContext *context_;
};

/** An operation as TensorFlow is told of it. */
struct Declaration {
  const char *name;
  std::vector<const char *> inputs, outputs, attributes;
  void *(*make)(TF_OpKernelConstruction *);
  void (*compute)(void *, TF_OpKernelContext *);
  void (*free)(void *);
};

/** @tparam Operation  made from its attributes, then computes call after call */
template <class Operation>
Declaration declared(const char *name, std::vector<const char *> inputs, std::vector<const char *> outputs, std::vector<const char *> attributes) {
  return {name, std::move(inputs), std::move(outputs), std::move(attributes),
          [](TF_OpKernelConstruction *from) -> void * { return new Operation(Construction(from)); },
          [](void *operation, TF_OpKernelContext *context) {
            try {
              static_cast<const Operation *>(operation)->compute(Call(context));
            } catch (const std::exception &error) {
              Status status;
              TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
              TF_OpKernelContext_Failure(context, status);
            }
          },
          [](void *operation) { delete static_cast<Operation *>(operation); }};
}

std::vector<Declaration> blockOperations();
std::vector<Declaration> convolutionOperations();
std::vector<Declaration> elementOperations();
std::vector<Declaration> poolOperations();
