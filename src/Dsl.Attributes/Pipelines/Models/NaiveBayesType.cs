namespace Dsl;

/// <summary>How features are distributed within a class.</summary>
public enum NaiveBayesType
{
    /// <summary>Features are counts, at least 0, of a multinomial.</summary>
    Multinomial,

    /// <summary>Features are counts, at least 0, weighed by what the other classes have of them.</summary>
    Complement,

    /// <summary>Features are 0 or 1.</summary>
    Bernoulli,

    /// <summary>Features are normal, each for itself.</summary>
    Gaussian,
}
