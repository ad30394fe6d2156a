using Dsl;

namespace SparkScoring;

/// <summary>Reads one 8×8 image of a handwritten digit: the network of samples/Digits, whose weights fit. Here it has <c>Classify</c> over Spark's columns too, because this project has Dsl.Spark.</summary>
[Model]
[Input(1, 8, 8)]
[Conv2d(32, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(64, 3, Padding = 1), BatchNorm2d, ReLU]
[Conv2d(64, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Dropout(0.3), Linear(10)]
[CrossEntropy(LabelSmoothing = 0.1), AdamW(1e-2), OneCycle(1e-2)]
public partial class DigitNet;
