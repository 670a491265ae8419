"""Names and shapes of the arrays that other programs' weight files hold, for the importer's tests: {name: shape}, in the order of the file.

    pip install --target FOLDER tensorflow-cpu==2.21.0 tf_keras tf_slim==1.1.0 torch torchvision
    PYTHONPATH=FOLDER python bench/golden/weightNames.py keras|slim|torchvision tests/fixtures/weightNames

Keras' names are those of its .h5 files (layer/layer/kernel:0), slim's those of its checkpoints, torchvision's those of its state dictionaries.
"""
import json
import os
import sys


def write(folder, name, arrays):
    os.makedirs(folder, exist_ok=True)
    lines = [f'  {json.dumps(key)}: {json.dumps(list(shape))}' for key, shape in arrays]
    with open(f'{folder}/{name}.json', 'w') as file:
        file.write('{\n' + ',\n'.join(lines) + '\n}\n')


def keras(folder):
    import tensorflow as tf
    for name, build in {'vgg19': 'VGG19', 'inception_v3': 'InceptionV3', 'resnet101v2': 'ResNet101V2'}.items():
        model = getattr(tf.keras.applications, build)(weights=None)
        arrays = [(f'{layer.name}/{layer.name}/{w.path.split("/")[-1]}:0', w.shape) for layer in model.layers for w in layer.weights]
        write(folder, f'keras_{name}', arrays)


def slim(folder):
    os.environ['TF_USE_LEGACY_KERAS'] = '1'
    import importlib
    import tensorflow as tf
    # TensorFlow looks for them where they were once.
    for part in ('', '.base', '.convolutional', '.core', '.normalization', '.pooling'):
        sys.modules[f'tf_keras.legacy_tf_layers{part}'] = importlib.import_module(f'tf_keras.src.legacy_tf_layers{part}')
    import tf_slim
    from tf_slim.nets import inception_v3, resnet_utils, resnet_v2, vgg
    v1 = tf.compat.v1

    def variables(build):
        with v1.Graph().as_default():
            build()
            return sorted((v.op.name, v.shape.as_list()) for v in v1.global_variables())

    def picture(side):
        return v1.placeholder(tf.float32, [1, side, side, 3])

    def resnet():
        with tf_slim.arg_scope(resnet_utils.resnet_arg_scope()):
            resnet_v2.resnet_v2_101(picture(299), 1001, is_training=False, global_pool=True)

    def inception():
        with tf_slim.arg_scope(inception_v3.inception_v3_arg_scope()):
            inception_v3.inception_v3(picture(299), 1001, is_training=False)

    def vgg19():
        with tf_slim.arg_scope(vgg.vgg_arg_scope()):
            vgg.vgg_19(picture(224), is_training=False)

    for name, build in {'vgg_19': vgg19, 'inception_v3': inception, 'resnet_v2_101': resnet}.items():
        write(folder, f'slim_{name}', variables(build))


def torchvision(folder):
    import torch
    from torchvision import models
    with torch.device('meta'):
        built = {'vgg19': models.vgg19(weights=None), 'inception_v3': models.inception_v3(weights=None, init_weights=False)}
    for name, model in built.items():
        write(folder, f'torchvision_{name}', [(key, value.shape) for key, value in model.state_dict().items()])


{'keras': keras, 'slim': slim, 'torchvision': torchvision}[sys.argv[1]](sys.argv[2])
