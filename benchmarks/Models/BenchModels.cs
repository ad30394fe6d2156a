using Dsl;

namespace BenchModels;

/// <summary>64-64-10, the network of the rows `mlp-*`.</summary>
[Model]
[Input(64)]
[Linear(64), ReLU, Linear(10)]
[CrossEntropy, Adam(1e-3)]
public partial class Mlp;

/// <summary>Two convolutions and two linear layers over 28×28 pictures, the network of the rows `cnn-*` and of `fashion-epoch`.</summary>
[Model]
[Input(1, 28, 28)]
[Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(64, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU, Linear(10)]
[CrossEntropy, Adam(1e-3)]
public partial class Cnn;

/// <summary>An LSTM over 64 steps of 64 features, its last state into ten classes, the network of the row `lstm-step`.</summary>
[Model]
[Input(64, 64)]
[LSTM(128), LastStep, Linear(10)]
[CrossEntropy, Adam(1e-3)]
public partial class LstmNet;

/// <summary>A GRU over 64 steps of 64 features, the network of the row `gru-predict-1`.</summary>
[Model]
[Input(64, 64)]
[GRU(128)]
public partial class GruNet;

/// <summary>Two encoder layers over 64 steps of 128 features, the network of the rows `transformer-*`.</summary>
[Model]
[Input(64, 128)]
[TransformerEncoderLayer(4, 512, Dropout = 0), TransformerEncoderLayer(4, 512, Dropout = 0)]
[Flatten, Linear(10)]
[CrossEntropy, AdamW(1e-3)]
public partial class Transformer;
