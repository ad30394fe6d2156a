namespace Dsl;

/// <summary>What a classifier by stochastic gradient descent minimises.</summary>
public enum SgdLoss
{
    /// <summary>A support vector machine.</summary>
    Hinge,

    /// <summary>A logistic regression.</summary>
    LogLoss,

    /// <summary>A squared hinge that turns into a line.</summary>
    ModifiedHuber,

    /// <summary>The hinge, squared.</summary>
    SquaredHinge,

    /// <summary>The perceptron.</summary>
    Perceptron,
}
