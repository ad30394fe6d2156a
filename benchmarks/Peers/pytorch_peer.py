"""PyTorch's side of `peers`: eager training steps as its tutorials write them, and the Fashion-MNIST epoch with its DataLoader."""
import gzip
import os
import struct
import sys
import time

import numpy
import torch
from torch import nn

import turns

THREADS = int(sys.argv[1])
FASHION = sys.argv[2] if len(sys.argv) > 2 else ""
torch.set_num_threads(THREADS)
torch.manual_seed(0)


def blas():
    """The BLAS library that this process has really mapped: Debian chooses it by alternatives, so the name in torch says nothing."""
    found = set()
    with open("/proc/self/maps") as maps:
        for line in maps:
            path = line.split()[-1]
            name = os.path.basename(path)
            if "blas" in name.lower() or "mkl_rt" in name:
                found.add(os.path.realpath(path))
    return ", ".join(sorted(found)) or "none"


def mlp():
    return nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))


class LastStep(nn.Module):
    """Of a recurrent layer's results the last step's."""

    def forward(self, x):
        return x[0][:, -1]


def lstm():
    return nn.Sequential(nn.LSTM(64, 128, batch_first=True), LastStep(), nn.Linear(128, 10))


def transformer():
    layers = [nn.TransformerEncoderLayer(128, 4, 512, 0.0, "gelu", batch_first=True, norm_first=True) for _ in range(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 128, 10))


class Residual(nn.Module):
    """Two 3x3 convolutions beside the input, or beside a 1x1 convolution of it."""

    def __init__(self, inputs, channels, stride=1):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(inputs, channels, 3, stride, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(True),
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))
        self.beside = nn.Sequential() if stride == 1 else nn.Sequential(nn.Conv2d(inputs, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return nn.functional.relu(self.branch(x) + self.beside(x), True)


def resnet():
    blocks = [Residual(16, 16) for _ in range(3)]
    for channels in (32, 64):
        blocks += [Residual(channels // 2, channels, 2), Residual(channels, channels), Residual(channels, channels)]
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(True), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Bottleneck(nn.Module):
    """MobileNetV2's inverted residual, as torchvision has it."""

    def __init__(self, inputs, channels, stride, factor):
        super().__init__()
        inside = inputs * factor
        widening = [nn.Conv2d(inputs, inside, 1, bias=False), nn.BatchNorm2d(inside), nn.ReLU6(True)] if factor > 1 else []
        self.layers = nn.Sequential(
            *widening, nn.Conv2d(inside, inside, 3, stride, 1, groups=inside, bias=False), nn.BatchNorm2d(inside), nn.ReLU6(True),
            nn.Conv2d(inside, channels, 1, bias=False), nn.BatchNorm2d(channels))
        self.adds = stride == 1 and inputs == channels

    def forward(self, x):
        return x + self.layers(x) if self.adds else self.layers(x)


def mobilenet(classes):
    layers, inputs = [nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU6(True)], 32
    for factor, channels, repeat, stride in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for i in range(repeat):
            layers.append(Bottleneck(inputs, channels, stride if i == 0 else 1, factor))
            inputs = channels
    body = nn.Sequential(*layers, nn.Conv2d(320, 1280, 1, bias=False), nn.BatchNorm2d(1280), nn.ReLU6(True), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    for layer in body.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight)
    return body, nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, classes))


def mobilenet_frozen(batch):
    model = torch.jit.freeze(torch.jit.script(nn.Sequential(*mobilenet(1001)).eval().to(memory_format=torch.channels_last)))
    model = torch.jit.optimize_for_inference(model)
    x = torch.randn(batch, 3, 224, 224).contiguous(memory_format=torch.channels_last)

    def step():
        with torch.no_grad():
            model(x)

    return lambda: None, step


def mobilenet_head(batch, batches):
    """A new head on a body that is not trained: the body in inference mode, without gradients."""
    xs = [torch.randn(batch, 3, 224, 224).contiguous(memory_format=torch.channels_last) for _ in range(batches)]
    ys = [torch.randint(0, 5, (batch,)) for _ in range(batches)]
    loss_of, state = nn.CrossEntropyLoss(), {}

    def prepare():
        torch.manual_seed(0)
        body, head = mobilenet(5)
        body = body.eval().to(memory_format=torch.channels_last)
        state.update(body=body, head=head.train(), optimizer=torch.optim.Adam(head.parameters(), lr=3e-3), at=0)

    def step():
        at = state["at"]
        state["at"] = (at + 1) % batches
        with torch.no_grad():
            features = state["body"](xs[at])
        state["optimizer"].zero_grad(set_to_none=True)
        loss_of(state["head"](features), ys[at]).backward()
        state["optimizer"].step()

    return prepare, step


def momentum(parameters, lr):
    return torch.optim.SGD(parameters, lr=lr, momentum=0.9, weight_decay=1e-4)


def training(build, shape, batch, batches, channels_last, optimizer=torch.optim.Adam):
    """A step over a few batches in turn, from fresh weights at each measurement: a batch learned by heart would
    leave denormal moments behind, which no real training has."""
    memory = torch.channels_last if channels_last else torch.contiguous_format
    xs = [torch.randn(batch, *shape).contiguous(memory_format=memory) for _ in range(batches)]
    ys = [torch.randint(0, 10, (batch,)) for _ in range(batches)]
    state = {}

    def prepare():
        torch.manual_seed(0)
        model = build()
        if channels_last:
            model = model.to(memory_format=memory)
        state.update(model=model.train(), optimizer=optimizer(model.parameters(), lr=1e-3), at=0)

    loss_of = nn.CrossEntropyLoss()

    def step():
        model, update, at = state["model"], state["optimizer"], state["at"]
        state["at"] = (at + 1) % batches
        update.zero_grad(set_to_none=True)
        loss_of(model(xs[at]), ys[at]).backward()
        update.step()

    return prepare, step


def settled(work):
    """The same work after the process has freed one large block: from then on glibc keeps freed memory instead of handing it back to the
    system and taking page faults at each step. Which of the two a script gets is luck, so it is measured as a work of its own, and last."""
    prepare, step = work

    def prepare_settled():
        torch.empty(31 << 18).fill_(1)
        prepare()

    return prepare_settled, step


def convolution(batch, channels, size, filters):
    """One 3x3 convolution, channels-last, forward only."""
    x = torch.randn(batch, channels, size, size).contiguous(memory_format=torch.channels_last)
    w = torch.randn(filters, channels, 3, 3).contiguous(memory_format=torch.channels_last)

    def step():
        with torch.no_grad():
            torch.conv2d(x, w, None, 1, 1)

    return lambda: None, step


def product(n):
    a, b, c = torch.randn(n, n), torch.randn(n, n), torch.empty(n, n)
    return lambda: None, lambda: torch.mm(a, b, out=c)


def fashion_images(name):
    with gzip.open(os.path.join(FASHION, f"{name}-images-idx3-ubyte.gz")) as f:
        _, n, h, w = struct.unpack(">4i", f.read(16))
        pixels = numpy.frombuffer(f.read(), numpy.uint8).reshape(n, 1, h, w)
    with gzip.open(os.path.join(FASHION, f"{name}-labels-idx1-ubyte.gz")) as f:
        f.read(8)
        labels = numpy.frombuffer(f.read(), numpy.uint8)
    return torch.from_numpy(pixels.astype(numpy.float32) / 255), torch.from_numpy(labels.astype(numpy.int64))


fashion = {}


def fashion_epoch(seed, epochs):
    """Trains that many epochs and answers `accuracy us us ...`: test accuracy after the last, and each epoch's time."""
    if not fashion:
        fashion["train"], fashion["test"] = fashion_images("train"), fashion_images("t10k")
    torch.manual_seed(int(seed))
    model = cnn().to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_of = nn.CrossEntropyLoss()
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(*fashion["train"]), batch_size=64, shuffle=True)
    times = []
    for _ in range(int(epochs)):
        start = time.perf_counter()
        for x, y in loader:
            x = x.contiguous(memory_format=torch.channels_last)
            optimizer.zero_grad(set_to_none=True)
            loss_of(model(x), y).backward()
            optimizer.step()
        times.append((time.perf_counter() - start) * 1e6)
    model.eval()
    with torch.no_grad():
        x, y = fashion["test"]
        right = sum((model(x[i:i + 500].contiguous(memory_format=torch.channels_last)).argmax(1) == y[i:i + 500]).sum().item()
                    for i in range(0, len(y), 500))
    return f"{right / len(y):.4f} " + " ".join(f"{t:.0f}" for t in times)


if __name__ == "__main__":
    works = {
        "mlp-step": training(mlp, (64,), 32, 64, False),
        "cnn-step": training(cnn, (1, 28, 28), 64, 8, True),
        "lstm-step": training(lstm, (64, 64), 32, 8, False),
        "transformer-step": training(transformer, (64, 128), 16, 8, False, torch.optim.AdamW),
        "resnet-step": training(resnet, (3, 32, 32), 64, 8, True, momentum),
        "mobilenet-head-step": mobilenet_head(16, 2),
        "mobilenet-frozen-1": mobilenet_frozen(1),
        "mobilenet-frozen-8": mobilenet_frozen(8),
        "gemm-1024": product(1024),
        "conv-64-64-28": convolution(16, 64, 28, 64),
        "conv-32-64-14": convolution(64, 32, 14, 64),
        "conv-128-128-14": convolution(16, 128, 14, 128),
    }
    works["cnn-step-settled"] = settled(works["cnn-step"])
    works["gemm-1024"][1]()
    print(f"info PyTorch {torch.__version__}, {torch.get_num_threads()} thread(s), "
          f"{torch._C._cpu._get_cpu_capability() if hasattr(torch._C, '_cpu') else os.environ.get('ATEN_CPU_CAPABILITY', 'default')} kernels, BLAS {blas()}",
          flush=True)
    turns.serve(works, {"fashion-epoch": fashion_epoch} if FASHION else {})
