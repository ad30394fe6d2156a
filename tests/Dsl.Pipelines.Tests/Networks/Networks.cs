namespace Dsl.Pipelines.Tests.Networks;

[Model, Input(4), Linear(8), ReLU, Linear(3), CrossEntropy, Adam(1e-2)]
public partial class ClassNet;

[Model, Input(4), Linear(1), BinaryCrossEntropy, Adam(1e-1)]
public partial class DecisionNet;

[Model, Input(4), Linear(3), BinaryCrossEntropy, Adam(1e-2)]
public partial class SeveralDecisionsNet;

[Model, Input(4), Linear(1), Hinge, Adam(1e-1)]
public partial class SignNet;

[Model, Input(2, 2), Flatten, Linear(1), MeanSquaredError, Adam(1e-1)]
public partial class NumberNet;

[Model, Input(4), Linear(2), MeanAbsoluteError, Adam(1e-2)]
public partial class NumbersNet;

[Model, Input(4), Linear(3), LogSoftmax, KLDivergence, Adam(1e-2)]
public partial class DistributionNet;

[Model, Input(4), Linear(2), Tanh, Expose("Encode", "Decode"), Linear(4), Reconstruction, Adam(1e-2)]
public partial class CodeNet;

[Model, Tokens(5, Vocabulary = 9, Padding = 0), Embedding(6), GlobalMaxPool1d, Linear(2), CrossEntropy, Adam(1e-2)]
public partial class TextNet;

[Model, Input(4, Name = "Left"), Tokens(5, Vocabulary = 9, Padding = 0, Name = "Words")]
[Embedding(6, From = "Words"), GlobalMaxPool1d, Concat("Left"), Linear(2), CrossEntropy, Adam(1e-2)]
public partial class MixedNet;

[Model, Input(4), Linear(8), BatchNorm1d, Linear(3), CrossEntropy, Adam(1e-2)]
public partial class NormNet;
