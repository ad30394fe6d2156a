using Dsl;

namespace ModelTests.Initialisation;

/// <summary>Each network: a convolution of two groups (fan in 8/2·9 = 36, fan out 48·9 = 432) and a linear layer (1200 to 150).</summary>
[Model, Input(8, 7, 7), Conv2d(48, 3, Groups = 2), Flatten, Linear(150)]
public partial class DefaultInit;

[Model, Input(8, 7, 7), Conv2d(48, 3, Groups = 2, Init = Init.XavierUniform), Flatten, Linear(150, Init = Init.XavierUniform)]
public partial class XavierUniformInit;

[Model, Input(8, 7, 7), Conv2d(48, 3, Groups = 2, Init = Init.XavierNormal), Flatten, Linear(150, Init = Init.XavierNormal)]
public partial class XavierNormalInit;

[Model, Input(8, 7, 7), Conv2d(48, 3, Groups = 2, Init = Init.KaimingUniform), Flatten, Linear(150, Init = Init.KaimingUniform)]
public partial class KaimingUniformInit;

[Model, Input(8, 7, 7), Conv2d(48, 3, Groups = 2, Init = Init.KaimingNormal), Flatten, Linear(150, Init = Init.KaimingNormal)]
public partial class KaimingNormalInit;

[Model, Input(8, 7, 7), Conv2d(24, 3, Groups = 2, Init = Init.Orthogonal), Flatten, Linear(150, Init = Init.Orthogonal)]
public partial class OrthogonalInit;

[Model, Input(8, 7, 7), Conv2d(48, 3, Groups = 2, Init = Init.Zeros), Flatten, Linear(150, Init = Init.Zeros), BatchNorm1d, ReLU]
public partial class ZerosInit;
