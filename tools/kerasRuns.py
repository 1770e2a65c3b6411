"""Makes short runs of real Keras for test/fixtures/keras, whose README says what a file holds.

    python3 -m venv /tmp/keras
    /tmp/keras/bin/pip install keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.10.2
    /tmp/keras/bin/python tools/kerasRuns.py               # the runs on TensorFlow
    KERAS_BACKEND=jax /tmp/keras/bin/python tools/kerasRuns.py   # those on JAX

Keras on TensorFlow does not compute every loss from the answers. Behind a sigmoid or a softmax it takes the units' inputs,
and reads them as the loss expects: binary cross-entropy as if they went through a sigmoid, categorical cross-entropy as if
through a softmax, whichever of the two the layer has. The pairs that do not match are therefore run on JAX.
"""

import importlib.metadata
import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy  # noqa: E402
from keras.optimizers import SGD, Adagrad, Adam, RMSprop  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "test/fixtures/keras"
BACKEND = keras.backend.backend()
PACKAGE, BACKEND_NAME = {"tensorflow": ("tensorflow-cpu", "TensorFlow"), "jax": ("jax", "JAX")}[BACKEND]
VERSIONS = f"Keras {keras.__version__} on {BACKEND_NAME} {importlib.metadata.version(PACKAGE)}"
SOURCE = f"{VERSIONS}, float32, CPU; model.fit(shuffle=False)"

# Data: rows of inputs and rows of targets.


def xor(rows, targets):
    """Rows of the truth table in random order; `targets` makes a row's targets of its two bits."""
    bits = numpy.random.default_rng(rows).integers(0, 2, (rows, 2))
    return bits, [targets(a ^ b, a & b) for a, b in bits]


def flowers(rows):
    """Three kinds in turn, each a cloud of four measured lengths; one-hot targets."""
    random = numpy.random.default_rng(rows)
    middles = numpy.array([[-0.8, 0.3, -2.3, -1.0], [0.1, -0.3, 0.5, 0.1], [0.8, -0.1, 1.8, 0.8]])
    kinds = numpy.arange(rows) % 3
    return (middles[kinds] + random.normal(0, 0.4, (rows, 4))).round(1), numpy.eye(3)[kinds]


def wave(rows):
    """y = sin 3a + b/2."""
    inputs = numpy.random.default_rng(rows).uniform(-1, 1, (rows, 2)).round(2)
    return inputs, (numpy.sin(3 * inputs[:, :1]) + inputs[:, 1:] / 2).round(3)


def patterns(copies):
    """Eight one-hot rows, each of which is its own target."""
    rows = numpy.tile(numpy.eye(8), (copies, 1))
    return rows, rows


def one(odd, _):
    return [odd]


def two_classes(odd, _):
    return [1 - odd, odd]


def two_bits(odd, both):
    return [odd, both]


def sign(odd, _):
    return [2 * odd - 1]


# Runs.


def run(name, data, layers, loss, optimizer, batch_size, epochs, validation=None, threshold=None, **options):
    """Trains layers [(units, activation), …] and writes the file.

    Options are use_bias=False and penalty={"l1": …, "l2": …}, for all layers. With a threshold, the share of rows all of
    whose answers lie on their targets' side of it is taken as well: Keras's own "accuracy" is that share for one target
    of 0 or 1 only, and for several targets the share of rows whose largest answer is that of the largest target.
    """
    keras.utils.set_random_seed(len(name))
    x, y = arrays(data)
    model = keras.Sequential([keras.Input((x.shape[1],)), *(dense(*layer, **options) for layer in layers)])
    metrics = ["mae" if layers[-1][1] == "linear" else "accuracy"]
    if threshold is not None:
        metrics.append(right_rows(threshold))
    model.compile(optimizer=optimizer, loss=loss, metrics=metrics)
    initial = model.get_weights()
    unseen = validation and arrays(validation)
    fitted = model.fit(x, y, batch_size, epochs, shuffle=False, verbose=0, validation_data=unseen)
    file = {
        "name": name,
        "source": SOURCE,
        "layers": [layer_words(*layer, **options) for layer in layers],
        "loss": loss,
        "optimizer": optimizer_words(optimizer),
        "batchSize": batch_size,
        "epochs": epochs,
        "x": numbers(x),
        "y": numbers(y),
        "validation": unseen and {"x": numbers(unseen[0]), "y": numbers(unseen[1])},
        "initialWeights": [numbers(part) for part in initial],
        "history": {key: numbers(numpy.array(values)) for key, values in sorted(fitted.history.items())},
        "finalWeights": [numbers(part) for part in model.get_weights()],
        "finalPredictions": numbers(model.predict(x, verbose=0)),
    }
    lines = [f'"{key}": {json.dumps(value)}' for key, value in file.items() if value is not None]
    (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(name, file["history"]["loss"])


def arrays(data):
    return tuple(numpy.array(part, "float32") for part in data)


def dense(units, activation, use_bias=True, penalty=None):
    """A layer whose biases do not start at 0, so that a mistake with them shows."""
    return keras.layers.Dense(
        units,
        activation=activation,
        use_bias=use_bias,
        bias_initializer=keras.initializers.RandomNormal(stddev=0.2),
        kernel_regularizer=penalty and keras.regularizers.L1L2(**penalty),
    )


def layer_words(units, activation, use_bias=True, penalty=None):
    words = {"units": units, "activation": activation}
    if not use_bias:
        words["use_bias"] = False
    return {**words, "kernel_regularizer": penalty} if penalty else words


def right_rows(threshold):
    def row_accuracy(y, p):
        right = keras.ops.equal(keras.ops.greater(p, threshold), keras.ops.greater(y, threshold))
        return keras.ops.cast(keras.ops.all(right, axis=-1), "float32")

    return row_accuracy


OPTIMIZER_NUMBERS = (
    "learning_rate momentum nesterov rho epsilon centered beta_1 beta_2 amsgrad initial_accumulator_value".split()
)


def optimizer_words(optimizer):
    config = optimizer.get_config()
    words = {key: config[key] for key in OPTIMIZER_NUMBERS if key in config}
    rate = float(f"{words['learning_rate']:.6g}")  # Keras gives it in float32
    return {"name": type(optimizer).__name__.lower(), **words, "learning_rate": rate}


def numbers(values):
    """Nested lists; each number has the digits that single it out among those of 32 bits."""
    if values.ndim > 0:
        return [numbers(value) for value in values]
    return float(str(numpy.float32(values)))


BCE = "binary_crossentropy"
CCE = "categorical_crossentropy"
MSE = "mean_squared_error"
MAE = "mean_absolute_error"


def on_tensorflow():
    bits, parity, signs, classes = xor(30, two_bits), xor(30, one), xor(30, sign), xor(30, two_classes)
    kinds, more_kinds = flowers(24), flowers(9)
    curve = wave(26)
    run("softmax3-cce-adam", kinds, [(8, "tanh"), (3, "softmax")], CCE, Adam(0.02), 5, 8, more_kinds)
    run("softmax2-cce-rmsprop", classes, [(3, "sigmoid"), (2, "softmax")], CCE, RMSprop(0.02), 4, 8)
    run("softmax3-mse-adagrad", kinds, [(4, "elu"), (3, "softmax")], MSE, Adagrad(0.1), 7, 8)
    run("outputs2-bce-adam", bits, [(4, "sigmoid"), (2, "sigmoid")], BCE, Adam(0.05), 4, 8, xor(7, two_bits), 0.5)
    run("outputs8-bce-adam", patterns(2), [(3, "tanh"), (8, "sigmoid")], BCE, Adam(0.05), 6, 6)
    run("autoencoder-mse-rmsprop", patterns(2), [(3, "sigmoid"), (8, "sigmoid")], MSE, RMSprop(0.05), 5, 8)
    run("linear-mae-sgd", curve, [(5, "tanh"), (1, "linear")], MAE, SGD(0.05), 4, 8, wave(9))
    run("layers-bce-adam", parity, [(4, "relu"), (3, "tanh"), (1, "sigmoid")], BCE, Adam(0.03), 4, 8, xor(9, one))
    run("layers-mse-nesterov", curve, [(4, "leaky_relu"), (3, "elu"), (1, "linear")], MSE, SGD(0.02, 0.8, True), 5, 8)
    run("nobias-bce-momentum", parity, [(3, "tanh"), (1, "sigmoid")], BCE, SGD(0.2, 0.5), 4, 8, use_bias=False)
    run("nobias-cce-adagrad", kinds, [(4, "softplus"), (3, "softmax")], CCE, Adagrad(0.1), 5, 8, use_bias=False)
    run("l2-bce-adam", parity, [(4, "relu"), (1, "sigmoid")], BCE, Adam(0.02), 4, 8, xor(9, one), penalty={"l2": 0.02})
    run("l1-mse-sgd", curve, [(4, "tanh"), (1, "linear")], MSE, SGD(0.05), 4, 8, penalty={"l1": 0.01})
    both = {"l1": 0.005, "l2": 0.01}
    run("l1l2-cce-rmsprop", kinds, [(4, "relu"), (3, "softmax")], CCE, RMSprop(0.02), 5, 8, more_kinds, penalty=both)
    run("sign-mse-adam", signs, [(3, "tanh"), (1, "tanh")], MSE, Adam(0.05), 4, 8, xor(9, sign), 0)


def on_jax():
    kinds = flowers(24)
    run("softmax1-bce-sgd", xor(30, one), [(2, "sigmoid"), (1, "softmax")], BCE, SGD(0.1), 4, 4)
    run("softmax2-bce-adam", xor(30, two_classes), [(3, "tanh"), (2, "softmax")], BCE, Adam(0.02), 4, 8)
    run("sigmoid3-cce-adam", kinds, [(4, "tanh"), (3, "sigmoid")], CCE, Adam(0.02), 5, 8, flowers(9))
    run("relu3-cce-sgd", kinds, [(4, "sigmoid"), (3, "relu")], CCE, SGD(0.02), 5, 6)


{"tensorflow": on_tensorflow, "jax": on_jax}[BACKEND]()
