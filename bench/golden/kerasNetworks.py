"""Golden values of VGG-19, Inception-V3 and ResNet-101-V2 from Keras Applications, float64, with the weights this program draws.

    pip install --target FOLDER tensorflow-cpu==2.21.0
    node bench/golden/exportNetwork.ts inception-v3 W.safetensors
    PYTHONPATH=FOLDER python bench/golden/kerasNetworks.py inception-v3 W.safetensors tests/fixtures/golden/inception_v3_keras.json

The same for vgg-19 and resnet-101-v2. The modified gradient is checked as well: the activation layers whose outputs meet in the stage get it.
"""
import re
import sys

import keras
import tensorflow as tf

from summaries import read_safetensors, summary, write_golden

# Stage of ours -> layer of Keras; the layers to take gradients at, with the gradient of the ReLU at their end; what the network sees of a picture in [0, 1].
NETWORKS = {
    'vgg-19': (
        lambda: keras.applications.VGG19(weights=None, classifier_activation=None),
        {
            'conv1_2': 'block1_conv2', 'conv2_2': 'block2_conv2', 'conv3_4': 'block3_conv4', 'conv4_4': 'block4_conv4', 'conv5_4': 'block5_conv4',
            'fc6': 'fc1', 'fc7': 'fc2', 'fc8': 'predictions',
        },
        [('conv1_2', 'generation'), ('conv3_4', 'ordinary'), ('conv5_4', 'generation'), ('fc8', 'ordinary')],
        # Keras' own weights take BGR; here the picture and the first kernel both come in our order.
        lambda x: 255 * x - tf.constant([123.68, 116.779, 103.939], x.dtype),
    ),
    'inception-v3': (
        lambda: keras.applications.InceptionV3(weights=None, classifier_activation=None),
        {
            'Conv2d_1a_3x3': 'activation', 'Conv2d_2b_3x3': 'activation_2', 'Conv2d_3b_1x1': 'activation_3', 'Conv2d_4a_3x3': 'activation_4',
            'Mixed_5d': 'mixed2', 'Mixed_6e': 'mixed7', 'Mixed_7c': 'mixed10', 'logits': 'predictions',
        },
        [('Mixed_5d', 'generation'), ('Mixed_6e', 'ordinary'), ('Mixed_7c', 'generation')],
        lambda x: 2 * x - 1,
    ),
    'resnet-101-v2': (
        lambda: keras.applications.ResNet101V2(weights=None, classifier_activation=None),
        {
            'conv1': 'conv1_conv', 'block1': 'conv2_block3_out', 'block2': 'conv3_block4_out', 'block3': 'conv4_block23_out',
            'block4': 'conv5_block3_out', 'global_pool': 'avg_pool', 'logits': 'predictions',
        },
        [('block2', 'ordinary'), ('global_pool', 'ordinary')],
        lambda x: 2 * x - 1,
    ),
}


def load_vgg(model, arrays):
    """VGG: conv1_1 is block1_conv1, fc6 is fc1, fc8 is predictions."""
    names = {'fc6': 'fc1', 'fc7': 'fc2', 'fc8': 'predictions'}
    for name in [key.removesuffix('.kernel') for key in arrays if key.endswith('.kernel')]:
        layer = names.get(name) or re.sub(r'conv(\d)_(\d)', r'block\1_conv\2', name)
        model.get_layer(layer).set_weights([arrays.pop(f'{name}.kernel'), arrays.pop(f'{name}.bias')])


def load_by_name(model, arrays):
    """ResNet: our weights carry Keras' layer names."""
    ours = {'moving_mean': 'mean', 'moving_variance': 'variance'}
    for layer in model.layers:
        for variable in layer.weights:
            kind = variable.path.split('/')[-1]
            variable.assign(arrays.pop(f'{layer.name}.{ours.get(kind, kind)}'))


def load_in_order(model, arrays):
    """Inception: Keras numbers its convolutions as it makes them, in the order in which ours are announced."""
    def numbered(stem):
        found = [layer for layer in model.layers if re.fullmatch(rf'{stem}(_\d+)?', layer.name)]
        return sorted(found, key=lambda layer: int((re.search(r'_(\d+)$', layer.name) or [0, 0])[1]))

    convolutions = [name.removesuffix('.kernel') for name in arrays if name.endswith('.kernel') and not name.startswith('Logits')]
    layers = list(zip(numbered('conv2d'), numbered('batch_normalization')))
    assert len(layers) == len(convolutions) == 94
    for name, (convolution, norm) in zip(convolutions, layers):
        convolution.set_weights([arrays.pop(f'{name}.kernel')])
        norm.set_weights([arrays.pop(f'{name}.{part}') for part in ('beta', 'mean', 'variance')])
    model.get_layer('predictions').set_weights([arrays.pop('Logits.kernel'), arrays.pop('Logits.bias')])


@tf.custom_gradient
def generation_relu(x):
    return tf.nn.relu(x), lambda dy: dy


def last_activations(layer):
    """The layers that end a stage with an activation of their own, through nested concatenations."""
    if getattr(layer, 'activation', None) is keras.activations.relu:
        return [layer]
    return [found for node in layer._inbound_nodes for parent in node.parent_nodes for found in last_activations(parent.operation)]


def gradient_at(part, layer, end, seen, picture, reference):
    changed = last_activations(layer) if end == 'generation' else []
    before = [activation.activation for activation in changed]
    for activation in changed:
        activation.activation = generation_relu
    x = tf.Variable(picture)
    with tf.GradientTape() as tape:
        loss = 0.5 * tf.reduce_sum((part(seen(x), training=False) - part(seen(reference), training=False)) ** 2)
    gradient = tape.gradient(loss, x).numpy()
    for activation, ordinary in zip(changed, before):
        activation.activation = ordinary
    return {'end': end, 'relus': len(changed), 'loss': float(loss), **summary(gradient)}


def main(network, weights_file, out):
    keras.config.set_floatx('float64')
    build, layers, gradients, seen = NETWORKS[network]
    arrays = read_safetensors(weights_file)
    picture, reference = (tf.constant(arrays.pop(name).astype('float64')) for name in ('picture', 'reference'))
    model = build()
    {'vgg-19': load_vgg, 'inception-v3': load_in_order, 'resnet-101-v2': load_by_name}[network](model, arrays)
    assert not arrays, f'left over: {list(arrays)[:5]}'
    result = {
        'made_by': f'Keras Applications, Keras {keras.__version__}, TensorFlow {tf.__version__}, float64; bench/golden/kerasNetworks.py',
        'parameters': int(model.count_params()), 'layers': {}, 'gradients': [],
    }
    outputs = keras.Model(model.input, [model.get_layer(name).output for name in layers.values()])(seen(picture), training=False)
    for stage, values in zip(layers, outputs):
        result['layers'][stage] = summary(values.numpy())
    for stage, end in gradients:
        layer = model.get_layer(layers[stage])
        result['gradients'].append({'layer': stage, **gradient_at(keras.Model(model.input, layer.output), layer, end, seen, picture, reference)})
    write_golden(out, result)


main(*sys.argv[1:])
