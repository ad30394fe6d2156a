using Dsl;

namespace Digits;

/// <summary>Reads one 8×8 image of a handwritten digit, its 64 pixels from 0 (paper) to 1 (ink).</summary>
[Model]
[Input(1, 8, 8)]
[Conv2d(32, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(64, 3, Padding = 1), BatchNorm2d, ReLU]
[Conv2d(64, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Dropout(0.3), Linear(10)]
[CrossEntropy(LabelSmoothing = 0.1), AdamW(1e-2), OneCycle(1e-2)]
public partial class DigitNet;
