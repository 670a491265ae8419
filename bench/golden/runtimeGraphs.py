"""What onnxruntime computes with ONNX files of any origin: for graphAgreement.ts.

    python bench/golden/runtimeGraphs.py FOLDER

Beside each FOLDER/*.onnx comes a .safetensors: `input`, `input NAME` of the other inputs (zeros; a sample rate is 16,000), and by their names an
output and up to five tensors on the way, nothing optimised. The gradient of the sum of the output times sin(index) is not known there.
"""
import glob
import sys

import numpy as np
import onnx
import onnxruntime

from summaries import write_safetensors
from torchGraphs import spread_tensors

SIZES = {1: [1, 576], 2: [1, 576], 3: [1, 1, 512], 4: [1, 3, 64, 320]}


def values_for(entry, first, side):
    tensor = entry.type.tensor_type
    dims = [d.dim_value if d.dim_value > 0 else None for d in tensor.shape.dim]
    if not first:
        value = 16000 if not dims else 0
        return np.full([d or 1 for d in dims], value, onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type))
    shape = [d or e for d, e in zip(dims, side or SIZES[len(dims)])]
    if tensor.elem_type != onnx.TensorProto.FLOAT:
        return np.random.default_rng(1).integers(0, 255, shape).astype(onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type))
    return np.random.default_rng(1).uniform(-1, 1, shape).astype('float32')


def main(folder):
    for path in sorted(glob.glob(f'{folder}/*.onnx')):
        model = onnx.load(path)
        inputs = {e.name: values_for(e, i == 0, [1, 3, 320, 320] if '320n' in path else None) for i, e in enumerate(model.graph.input)}
        try:
            found = spread_tensors(model, inputs)
        except Exception as error:
            print(path, error)
            continue
        main_name, *others = inputs
        write_safetensors(path.replace('.onnx', '.safetensors'), {
            'input': inputs[main_name], **{f'input {name}': inputs[name] for name in others}, **found,
        })
        print(path, flush=True)


main(*sys.argv[1:])
