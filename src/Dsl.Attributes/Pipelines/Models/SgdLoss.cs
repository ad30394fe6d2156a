namespace Dsl;

/// <summary>What a classifier by stochastic gradient descent minimises.</summary>
public enum SgdLoss
{
    /// <summary>The hinge: a linear support vector machine.</summary>
    Hinge,

    /// <summary>The logistic loss: a logistic regression.</summary>
    LogLoss,

    /// <summary>A squared hinge that turns into a line.</summary>
    ModifiedHuber,

    /// <summary>The hinge, squared.</summary>
    SquaredHinge,

    /// <summary>The hinge without its margin: a perceptron.</summary>
    Perceptron,
}
