"""Small Keras models of every layer kind that kerasGraph.ts reads, with what they give, for tests/numerics/kerasGraphs.test.ts.

    pip install --target FOLDER tensorflow-cpu==2.21.0
    PYTHONPATH=FOLDER python bench/golden/kerasGraphs.py tests/fixtures/keras
"""
import json
import sys

import keras
import numpy as np
from keras import layers as L


def mixed():
    x = keras.Input((16, 12, 3), name='picture')
    y = L.Rescaling([2.0, 1.5, 1.0], offset=-0.5, name='scaled')(x)
    y = L.ZeroPadding2D(((1, 0), (2, 1)), name='padded')(y)
    y = L.Conv2D(6, (3, 4), strides=2, padding='same', activation='relu', name='conv')(y)
    a = L.BatchNormalization(name='norm')(L.DepthwiseConv2D(3, padding='same', use_bias=False, depth_multiplier=2, name='depthwise')(y))
    a = L.ReLU(6.0, name='capped')(a)
    b = L.SeparableConv2D(12, 3, padding='same', activation='swish', name='separable')(y)
    y = L.Concatenate(name='joined')([L.Add(name='sum')([a, b]), L.Average(name='mean')([a, b]), L.Multiply(name='product')([a, b])])
    y = L.Conv2D(8, 1, groups=4, activation='gelu', name='grouped')(y)
    y = L.LeakyReLU(name='leaky')(L.AveragePooling2D(3, strides=2, padding='same', name='averaged')(y))
    y = L.UpSampling2D(2, name='larger')(L.MaxPooling2D(2, padding='same', name='pooled')(y))
    y = L.Cropping2D(((0, 1), (1, 0)), name='cropped')(y)
    gate = L.Dense(8, activation='sigmoid', name='gate')(L.GlobalAveragePooling2D(keepdims=True, name='squeezed')(y))
    y = L.Dropout(0.5, name='dropped')(L.Multiply(name='gated')([y, gate]))
    y = L.Flatten(name='flat')(y)
    y = L.Reshape((1, 2, -1), name='reshaped')(L.Dense(16, activation='tanh', name='dense')(y))
    y = L.Dense(5, name='scores')(L.GlobalMaxPooling2D(name='highest')(y))
    return keras.Model(x, L.Softmax(name='probabilities')(y), name='mixed')


def nested():
    inner = keras.Sequential([keras.Input((8, 8, 4)), L.Conv2D(4, 3, padding='same', activation='elu', name='inner_conv'), L.BatchNormalization(scale=False, name='inner_norm')], name='inner')
    x = keras.Input((8, 8, 3), name='picture')
    y = inner(inner(L.Conv2D(4, 3, padding='same', activation='softplus', name='first')(x)))
    return keras.Model(x, L.GlobalAveragePooling2D(name='pooled')(y), name='nested')


def main(folder):
    random = np.random.default_rng(1)
    for build in (mixed, nested):
        model = build()
        model.set_weights([random.uniform(0.5, 1.5, w.shape) if 'variance' in v.path else random.normal(0, 0.3, w.shape) for v, w in zip(model.weights, model.get_weights())])
        picture = np.sin(np.arange(np.prod(model.input_shape[1:])) * 0.37).astype('float32').reshape(1, *model.input_shape[1:])
        taps = [layer for layer in model.layers if not isinstance(layer, (keras.layers.InputLayer, keras.Model))]
        values = keras.Model(model.input, [layer.output for layer in taps])(picture, training=False)
        expected = {layer.name: {'shape': list(value.shape[1:]), 'values': np.asarray(value).ravel().tolist()} for layer, value in zip(taps, values)}
        model.save(f'{folder}/{build.__name__}.keras')
        model.save(f'{folder}/{build.__name__}.h5')
        with open(f'{folder}/{build.__name__}.outputs.json', 'w') as file:
            json.dump({'made_by': f'Keras {keras.__version__}, bench/golden/kerasGraphs.py', 'outputs': expected}, file)


main(*sys.argv[1:])
