"""Networks of other programs with made-up weights, written under the names and layouts those programs use, with the logits they give for a
picture: for bench/golden/importAgreement.ts. Too big for the repository.

    pip install --target FOLDER tensorflow-cpu==2.21.0 tf_keras tf_slim==1.1.0 torch torchvision
    PYTHONPATH=FOLDER python bench/golden/foreignNetworks.py keras|slim|torchvision OUT

Writes OUT/PROGRAM_NETWORK.safetensors (the weights) and OUT/PROGRAM_NETWORK.answer.safetensors (picture in [0, 1], logits).
"""
import os
import sys
import zlib

import numpy as np

from summaries import write_safetensors

MEAN, DEVIATION = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])
BGR_MEANS = np.float32([103.939, 116.779, 123.68])
RGB_MEANS = BGR_MEANS[::-1]


def picture(side):
    return np.random.default_rng(1).random((1, side, side, 3), dtype=np.float32)


def values(name, shape, inputs):
    """Kernels: He normal. Scales and variances around 1, the rest around 0, so that a mistake shows."""
    random = np.random.default_rng(zlib.crc32(name.encode()))
    if len(shape) > 1:
        return (random.standard_normal(shape) * np.sqrt(2 / inputs)).astype(np.float32)
    centre = 1 if any(word in name for word in ('gamma', 'var', 'bn.weight')) else 0
    return (centre + 0.5 * (random.random(shape) - 0.5)).astype(np.float32)


def write(out, name, arrays, x, logits):
    os.makedirs(out, exist_ok=True)
    write_safetensors(f'{out}/{name}.safetensors', arrays)
    write_safetensors(f'{out}/{name}.answer.safetensors', {'picture': x, 'logits': np.asarray(logits, np.float32).reshape(1, -1)})
    print(name, np.asarray(logits).reshape(-1)[:4])


def keras(out):
    import tensorflow as tf
    plans = {
        'vgg19': ('VGG19', lambda x: (255 * x)[..., ::-1] - BGR_MEANS),
        'inception_v3': ('InceptionV3', lambda x: 2 * x - 1),
        'resnet101v2': ('ResNet101V2', lambda x: 2 * x - 1),
    }
    for name, (build, scale) in plans.items():
        model = getattr(tf.keras.applications, build)(weights=None, classifier_activation=None)
        arrays = {}
        for layer in model.layers:
            for weight in layer.weights:
                key = f'{layer.name}/{layer.name}/{weight.path.split("/")[-1]}:0'
                arrays[key] = values(key, tuple(weight.shape), int(np.prod(weight.shape[:-1])))
                weight.assign(arrays[key])
        x = picture(model.input_shape[1])
        write(out, f'keras_{name}', arrays, x, model(scale(x), training=False))


def slim(out):
    os.environ['TF_USE_LEGACY_KERAS'] = '1'
    import importlib
    import tensorflow as tf
    # TensorFlow looks for them where they were once.
    for part in ('', '.base', '.convolutional', '.core', '.normalization', '.pooling'):
        sys.modules[f'tf_keras.legacy_tf_layers{part}'] = importlib.import_module(f'tf_keras.src.legacy_tf_layers{part}')
    import tf_slim
    from tf_slim.nets import inception_v3, resnet_utils, resnet_v2, vgg
    v1 = tf.compat.v1
    plans = {
        'vgg_19': (224, lambda x: 255 * x - RGB_MEANS, vgg.vgg_arg_scope, lambda x: vgg.vgg_19(x, is_training=False)),
        'inception_v3': (299, lambda x: 2 * x - 1, inception_v3.inception_v3_arg_scope, lambda x: inception_v3.inception_v3(x, 1001, is_training=False)),
        'resnet_v2_101': (299, lambda x: 2 * x - 1, resnet_utils.resnet_arg_scope, lambda x: resnet_v2.resnet_v2_101(x, 1001, is_training=False, global_pool=True)),
    }
    for name, (side, scale, scope, build) in plans.items():
        with v1.Graph().as_default(), v1.Session() as session:
            given = v1.placeholder(tf.float32, [1, side, side, 3])
            with tf_slim.arg_scope(scope()):
                logits, ends = build(given)
            logits = ends.get('Logits', logits)
            arrays = {}
            for variable in v1.global_variables():
                key, shape = variable.op.name, variable.shape.as_list()
                arrays[key] = values(key, shape, int(np.prod(shape[:-1])))
                variable.load(arrays[key], session)
            x = picture(side)
            write(out, f'slim_{name}', dict(sorted(arrays.items())), x, session.run(logits, {given: scale(x)}))


def torchvision(out):
    import torch
    from torchvision import models
    plans = {
        'vgg19': (models.vgg19(weights=None), 224, lambda x: (x - MEAN) / DEVIATION),
        # As its trained weights are used: with transform_input, which turns ImageNet's scaling into 2 x - 1.
        'inception_v3': (models.inception_v3(weights=None, init_weights=False, transform_input=True), 299, lambda x: (x - MEAN) / DEVIATION),
    }
    for name, (model, side, scale) in plans.items():
        arrays = {}
        for key, tensor in model.state_dict().items():
            if tensor.dtype != torch.float32:
                continue
            arrays[key] = values(key, tuple(tensor.shape), int(np.prod(tensor.shape[1:])))
            tensor.copy_(torch.from_numpy(arrays[key]))
        x = picture(side)
        with torch.no_grad():
            logits = model.eval()(torch.from_numpy(scale(x).transpose(0, 3, 1, 2).copy())).numpy()
        write(out, f'torchvision_{name}', arrays, x, logits)
        torch.save(model.state_dict(), f'{out}/torchvision_{name}.pth')


{'keras': keras, 'slim': slim, 'torchvision': torchvision}[sys.argv[1]](sys.argv[2])
