"""What the golden files keep of an array, and how the weights and pictures of exportNetwork.ts are read."""
import json
import struct

import numpy as np

SAMPLES = 64


def summary(values):
    """Shape without the batch axis (channels last), norm, mean, and samples at flat indices where something is: half the units of a layer are silent."""
    flat = np.asarray(values).ravel()
    busy = np.flatnonzero(flat)
    indices = busy[np.linspace(0, busy.size - 1, SAMPLES).round().astype(int)]
    return {
        'shape': list(values.shape[1:]), 'l2': float(np.linalg.norm(flat)), 'mean': float(flat.mean()),
        'indices': indices.tolist(), 'values': [float(f'{v:.9g}') for v in flat[indices]],
    }


def read_safetensors(path):
    with open(path, 'rb') as file:
        header = json.loads(file.read(struct.unpack('<Q', file.read(8))[0]))
        values = np.frombuffer(file.read(), '<f4')
    header.pop('__metadata__', None)
    return {name: values[e['data_offsets'][0] // 4:e['data_offsets'][1] // 4].reshape(e['shape']) for name, e in header.items()}


def write_golden(path, result):
    with open(path, 'w') as file:
        file.write(json.dumps(result) + '\n')


def write_safetensors(path, arrays):
    header, end = {}, 0
    arrays = {name: np.ascontiguousarray(values, '<f4') for name, values in arrays.items()}
    for name, values in arrays.items():
        header[name] = {'dtype': 'F32', 'shape': list(values.shape), 'data_offsets': [end, end + values.nbytes]}
        end += values.nbytes
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text)
        for values in arrays.values():
            file.write(values.tobytes())
