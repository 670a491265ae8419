"""Small TensorFlow graphs as TensorFlow.js stores them, with what TensorFlow gives at every node, for tests/numerics/tensorflowGraphs.test.ts.

    pip install --target FOLDER tensorflow-cpu==2.21.0
    PYTHONPATH=FOLDER python bench/golden/tensorflowGraphs.py tests/fixtures/tensorflow

Each graph is written twice where it has something to fuse: as TensorFlow has it, and with biases and activations fused into the
nodes before them as the converter of TensorFlow.js does it. The values are those of the graph that is not fused.
"""
import json
import os
import sys
from base64 import b64encode

import numpy as np
import tensorflow.compat.v1 as tf
from google.protobuf.json_format import MessageToDict

from summaries import write_safetensors

tf.disable_eager_execution()
ops = tf.raw_ops
random = np.random.default_rng(3)


def constant(shape, scale=0.3, low=None):
    values = random.normal(0, scale, shape) if low is None else random.uniform(low, 1.5, shape)
    return tf.constant(values.astype('float32'))


def convolutional(x):
    y = (x - 0.2) * tf.constant([1.5, 1.0, 0.5])
    y = ops.Pad(input=y, paddings=[[0, 0], [1, 0], [2, 1], [0, 0]], name='padded')
    y = ops.Conv2D(input=y, filter=constant((3, 2, 3, 4)), strides=[1, 2, 1, 1], padding='SAME', name='first')
    y = ops.BiasAdd(value=y, bias=constant((4,)), name='first_biased')
    a = ops.Relu6(features=y * 4.0, name='first_capped')
    y = ops.DepthwiseConv2dNative(input=a, filter=constant((3, 3, 4, 2)), strides=[1, 1, 1, 1], padding='SAME', name='depthwise')
    y = ops.BiasAdd(value=y, bias=constant((8,)), name='depthwise_biased')
    y = ops.Relu(features=y, name='depthwise_relu')
    y = ops.Conv2D(input=y, filter=constant((3, 3, 8, 4)), strides=[1, 1, 1, 1], dilations=[1, 2, 2, 1], padding='EXPLICIT', explicit_paddings=[0, 0, 2, 2, 1, 3, 0, 0], name='dilated')
    y = ops.FusedBatchNormV3(x=y, scale=constant((4,), low=0.5), offset=constant((4,)), mean=constant((4,)), variance=constant((4,), low=0.5), epsilon=1e-3, is_training=False, name='norm')[0]
    b = ops.LeakyRelu(features=y, alpha=0.1, name='leaky')
    c = ops.Conv2D(input=a, filter=constant((1, 1, 4, 4)), strides=[1, 1, 1, 1], padding='VALID', name='shortcut')
    c = ops.Elu(features=c, name='shortcut_elu')
    y = ops.AddV2(x=b, y=c, name='sum')
    p = ops.MaxPool(input=y, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='SAME', name='highest')
    q = ops.AvgPool(value=y, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='SAME', name='averaged')
    y = ops.ConcatV2(values=[p, q, ops.Maximum(x=p, y=q), ops.Minimum(x=p, y=q), ops.SquaredDifference(x=p, y=q, name='difference')], axis=3, name='joined')
    y = y * ops.Sigmoid(x=ops.Mean(input=y, axis=[1, 2], keep_dims=True, name='squeezed'), name='gate')
    y = ops.MirrorPad(input=y, paddings=[[0, 0], [1, 1], [1, 0], [0, 0]], mode='REFLECT', name='mirrored')
    y = ops.ResizeBilinear(images=y, size=[5, 7], half_pixel_centers=True, name='resized')
    y = ops.LRN(input=y, depth_radius=2, bias=1.5, alpha=0.4, beta=0.6, name='local')
    y = ops.Mean(input=y, axis=[1, 2], name='features')
    y = ops.MatMul(a=y, b=constant((20, 9)), name='hidden')
    y = ops.BiasAdd(value=y, bias=constant((9,)), name='hidden_biased')
    y = ops.Relu(features=y, name='hidden_relu')
    y = ops.MatMul(a=y, b=constant((5, 9)), transpose_b=True, name='scores')
    return ops.Softmax(logits=y, name='probabilities')


def shapes(x):
    size = ops.Shape(input=x, name='size')
    batch = ops.StridedSlice(input=size, begin=[0], end=[1], strides=[1], shrink_axis_mask=1, name='batch')
    places = ops.Prod(input=ops.StridedSlice(input=size, begin=[1], end=[3], strides=[1], name='places_each'), axis=[0], name='places')
    y = ops.Reshape(tensor=x, shape=ops.Pack(values=[batch, places, -1], axis=0, name='rows_shape'), name='rows')
    y = ops.Transpose(x=y, perm=[0, 2, 1], name='columns')
    y = ops.ExpandDims(input=y, axis=-1, name='expanded')
    y = ops.Squeeze(input=y, axis=[3], name='narrow')
    y = ops.Tanh(x=ops.Transpose(x=ops.Reshape(tensor=y, shape=[-1, 3, 8, 6], name='again'), perm=[0, 2, 3, 1], name='picture_again'), name='tanh')
    a = ops.StridedSlice(input=y, begin=[0, 1, -1, 0], end=[0, -1, 0, 0], strides=[1, 2, -2, 1], begin_mask=9, end_mask=13, name='strided')
    b = ops.StridedSlice(input=y, begin=[0, 0, -1], end=[0, 0, 0], strides=[1, 1, 1], ellipsis_mask=1, new_axis_mask=2, shrink_axis_mask=4, name='ellipsis')
    c = ops.Slice(input=y, begin=[0, 2, 0, 1], size=[-1, 3, 4, -1], name='part')
    f, g = ops.Split(axis=tf.constant(2), value=c, num_split=2, name='halves')
    h = ops.Exp(x=ops.Neg(x=f, name='negative'), name='exponential') + ops.Sqrt(x=ops.Square(x=g) + 0.5, name='root') * ops.Rsqrt(x=ops.Square(x=f) + 1.0, name='inverse_root')
    h = ops.Selu(features=ops.Softplus(features=h, name='softplus') - 1.0, name='selu')
    h = h / (1.0 + ops.Cast(x=ops.Shape(input=h), DstT=tf.float32, name='size_cast')[1])
    flat = [ops.Reshape(tensor=t, shape=[-1, int(np.prod(t.shape[1:]))]) for t in (a, b, h)]
    y = ops.ConcatV2(values=flat, axis=-1, name='together')
    y = ops.PadV2(input=y, paddings=[[0, 0], [1, 2]], constant_values=0.7, name='bordered')
    s = ops.Max(input=y, axis=[1], keep_dims=True, name='largest') - ops.Sum(input=y, axis=[-1], keep_dims=True, name='total') * 0.01
    y = ops.Sub(x=y, y=s, name='centred')
    return ops.MatMul(a=y, b=constant((int(y.shape[1]), 4)), name='scores')


def various(x):
    """What the other two have not, small: the picture is cut down at once."""
    x = ops.Slice(input=x, begin=[0, 0, 0, 0], size=[-1, 4, 4, 3])
    y = ops.SpaceToDepth(input=x, block_size=2, name='to_depth')
    y = ops.DepthToSpace(input=ops.Conv2D(input=y, filter=constant((1, 1, 12, 8)), strides=[1, 1, 1, 1], padding='SAME'), block_size=2, name='to_space')
    y = ops.ResizeNearestNeighbor(images=y, size=[6, 3], half_pixel_centers=True, name='nearest_centred')
    y = ops.ResizeNearestNeighbor(images=y, size=[3, 5], name='nearest')
    y = ops.ResizeBilinear(images=y, size=[4, 3], align_corners=True, name='corners')
    y = ops.ResizeBilinear(images=y, size=[2, 4], name='plain')
    a, b = ops.Unpack(value=y, num=2, axis=3, name='unpacked')
    c, d = ops.SplitV(value=y, size_splits=[3, 1], axis=2, num_split=2, name='split')
    each = [
        ops.Softsign(features=a, name='softsign'), ops.Erf(x=a, name='erf'), ops.Abs(x=b, name='absolute'), ops.Sin(x=a, name='sine'), ops.Cos(x=b, name='cosine'),
        ops.Log(x=ops.Abs(x=a) + 1.0, name='logarithm'), ops.Reciprocal(x=ops.Abs(x=a) + 1.0, name='reciprocal'), ops.Floor(x=a * 5.0, name='floor'), ops.Ceil(x=a * 5.0, name='ceil'),
        ops.Round(x=a * 5.0, name='round'), ops.Sign(x=a, name='sign'), ops.Pow(x=ops.Abs(x=b) + 0.5, y=a, name='power'), ops.ClipByValue(t=a, clip_value_min=-0.1, clip_value_max=0.2, name='clipped'),
        ops.SelectV2(condition=ops.LogicalOr(x=ops.Greater(x=a, y=b), y=ops.LessEqual(x=a, y=0.1)), t=a, e=b, name='chosen'),
        ops.SelectV2(condition=ops.LogicalAnd(x=ops.LogicalNot(x=ops.Less(x=a, y=b)), y=ops.GreaterEqual(x=b, y=0.0)), t=a, e=b, name='chosen_again'),
    ]
    m = ops.AddN(inputs=each, name='all')
    t = ops.BatchMatMulV2(x=m, y=ops.Transpose(x=m, perm=[0, 2, 1]), name='batched')
    e = ops.Einsum(inputs=[m, c], equation='bhw,bhvc->bwvc', name='einsum')
    g = ops.GatherV2(params=e, indices=[2, 0], axis=1, name='gathered')
    g = ops.Tile(input=g, multiples=[1, 1, 2, 1], name='tiled') + ops.BroadcastTo(input=ops.Fill(dims=[6, 1], value=0.25), shape=[6, 2], name='spread')
    rows = [ops.Reshape(tensor=z, shape=[-1, int(np.prod(z.shape[1:]))]) for z in (t, g, d)]
    y = ops.LogSoftmax(logits=ops.ConcatV2(values=rows, axis=1), name='log_softmax')
    return ops.Min(input=y, axis=[1], name='least') + ops.Mean(input=y, axis=1, name='mean')


def graph_json(graph):
    """Nodes as TensorFlow.js has them, values of constants apart."""
    nodes = MessageToDict(graph)['node']
    constants = {}
    for node, definition in zip(nodes, graph.node):
        node.setdefault('attr', {}).pop('_output_shapes', None)
        if node['op'] == 'Const':
            constants[node['name']] = tf.make_ndarray(definition.attr['value'].tensor)
            node['attr'].pop('value')
    return nodes, constants


FUSED = {'Conv2D': '_FusedConv2D', 'DepthwiseConv2dNative': 'FusedDepthwiseConv2dNative', 'MatMul': '_FusedMatMul'}
ACTIVATIONS = ['Relu', 'Relu6', 'Elu']


def fused(nodes):
    """Put a bias and an activation into the node before them, where nothing else reads what lies between."""
    nodes = json.loads(json.dumps(nodes))
    by_name = {node['name']: node for node in nodes}
    readers = lambda name: [node for node in nodes if name in node.get('input', [])]
    for node in list(nodes):
        if node['op'] not in FUSED:
            continue
        chain, names = [node], []
        while len(found := readers(chain[-1]['name'])) == 1 and (found[0]['op'] == 'BiasAdd' and not names or names and found[0]['op'] in ACTIVATIONS):
            chain.append(found[0])
            names.append(found[0]['op'])
        if not names:
            continue
        inputs = node['input'] + chain[1]['input'][1:]
        attr = {**node['attr'], 'fused_ops': {'list': {'s': [b64encode(name.encode()).decode() for name in names]}}, 'num_args': {'i': '1'}}
        chain[-1].update(op=FUSED[node['op']], input=inputs, attr=attr)
        for gone in chain[:-1]:
            nodes.remove(gone)
    return nodes


def save(folder, name, nodes, constants):
    """The weights in one file, in the manifest's order."""
    os.makedirs(folder, exist_ok=True)
    types = {'float32': '<f4', 'int32': '<i4'}
    entries = [{'name': name, 'shape': list(value.shape), 'dtype': str(value.dtype)} for name, value in constants.items()]
    with open(f'{folder}/weights.bin', 'wb') as file:
        for value in constants.values():
            file.write(value.astype(types[str(value.dtype)]).tobytes())
    with open(f'{folder}/{name}.json', 'w') as file:
        json.dump({'format': 'graph-model', 'generatedBy': tf.__version__, 'modelTopology': {'node': nodes, 'versions': {}}, 'weightsManifest': [{'paths': ['weights.bin'], 'weights': entries}]}, file, separators=(',', ':'))


def main(folder):
    for build in (convolutional, shapes, various):
        with tf.Graph().as_default() as graph:
            x = tf.placeholder(tf.float32, [None, 8, 6, 3], name='picture')
            build(x)
            picture = np.sin(np.arange(8 * 6 * 3) * 0.37).astype('float32').reshape(1, 8, 6, 3)
            floats = [op.outputs[0] for op in graph.get_operations() if op.type not in ('Const', 'Placeholder') and op.outputs and op.outputs[0].dtype == tf.float32]
            with tf.Session() as session:
                values = session.run(floats, {x: picture})
            nodes, constants = graph_json(graph.as_graph_def())
        name = build.__name__
        save(f'{folder}/{name}', 'model', nodes, constants)
        write_safetensors(f'{folder}/{name}/expected.safetensors', {tensor.op.name: value for tensor, value in zip(floats, values) if value.ndim})
        if fused(nodes) != nodes:
            save(f'{folder}/{name}', 'fused', fused(nodes), constants)


main(*sys.argv[1:])
