"""Golden values of Inception-V3 and ResNet-101-V2 from Keras Applications, float64, with the weights this program draws.

    pip install --target FOLDER tensorflow-cpu==2.21.0
    node bench/golden/exportNetwork.ts inception-v3 W.safetensors
    PYTHONPATH=FOLDER python bench/golden/kerasNetworks.py inception-v3 W.safetensors tests/fixtures/golden/inception_v3_keras.json

The same for resnet-101-v2. The modified gradient is checked as well: the activation layers whose outputs meet in the stage get it.
"""
import re
import sys

import keras
import tensorflow as tf

from summaries import read_safetensors, summary, write_golden

# Stage of ours -> layer of Keras; and the layers to take gradients at, with the gradient of the ReLU at their end.
NETWORKS = {
    'inception-v3': (
        lambda: keras.applications.InceptionV3(weights=None, classifier_activation=None),
        {
            'Conv2d_1a_3x3': 'activation', 'Conv2d_2b_3x3': 'activation_2', 'Conv2d_3b_1x1': 'activation_3', 'Conv2d_4a_3x3': 'activation_4',
            'Mixed_5d': 'mixed2', 'Mixed_6e': 'mixed7', 'Mixed_7c': 'mixed10', 'logits': 'predictions',
        },
        [('Mixed_5d', 'generation'), ('Mixed_6e', 'ordinary'), ('Mixed_7c', 'generation')],
    ),
    'resnet-101-v2': (
        lambda: keras.applications.ResNet101V2(weights=None, classifier_activation=None),
        {
            'conv1': 'conv1_conv', 'block1': 'conv2_block3_out', 'block2': 'conv3_block4_out', 'block3': 'conv4_block23_out',
            'block4': 'conv5_block3_out', 'global_pool': 'avg_pool', 'logits': 'predictions',
        },
        [('block2', 'ordinary'), ('global_pool', 'ordinary')],
    ),
}


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
    """The activation layers that a stage ends in, through nested concatenations."""
    if isinstance(layer, keras.layers.Activation):
        return [layer]
    return [found for node in layer._inbound_nodes for parent in node.parent_nodes for found in last_activations(parent.operation)]


def gradient_at(part, layer, end, picture, reference):
    changed = last_activations(layer) if end == 'generation' else []
    before = [activation.activation for activation in changed]
    for activation in changed:
        activation.activation = generation_relu
    x = tf.Variable(picture)
    with tf.GradientTape() as tape:
        loss = 0.5 * tf.reduce_sum((part(2 * x - 1, training=False) - part(2 * reference - 1, training=False)) ** 2)
    gradient = tape.gradient(loss, x).numpy()
    for activation, ordinary in zip(changed, before):
        activation.activation = ordinary
    return {'end': end, 'relus': len(changed), 'loss': float(loss), **summary(gradient)}


def main(network, weights_file, out):
    keras.config.set_floatx('float64')
    build, layers, gradients = NETWORKS[network]
    arrays = read_safetensors(weights_file)
    picture, reference = (tf.constant(arrays.pop(name).astype('float64')) for name in ('picture', 'reference'))
    model = build()
    (load_in_order if network == 'inception-v3' else load_by_name)(model, arrays)
    assert not arrays, f'left over: {list(arrays)[:5]}'
    result = {
        'made_by': f'Keras Applications, Keras {keras.__version__}, TensorFlow {tf.__version__}, float64; bench/golden/kerasNetworks.py',
        'parameters': int(model.count_params()), 'layers': {}, 'gradients': [],
    }
    outputs = keras.Model(model.input, [model.get_layer(name).output for name in layers.values()])(2 * picture - 1, training=False)
    for stage, values in zip(layers, outputs):
        result['layers'][stage] = summary(values.numpy())
    for stage, end in gradients:
        layer = model.get_layer(layers[stage])
        result['gradients'].append({'layer': stage, **gradient_at(keras.Model(model.input, layer.output), layer, end, picture, reference)})
    write_golden(out, result)


main(*sys.argv[1:])
