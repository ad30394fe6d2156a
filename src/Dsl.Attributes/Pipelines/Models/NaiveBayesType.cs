namespace Dsl;

/// <summary>How features are distributed within a class.</summary>
public enum NaiveBayesType
{
    /// <summary>Counts of a multinomial.</summary>
    Multinomial,

    /// <summary>Counts, weighed by the other classes.</summary>
    Complement,

    /// <summary>0 or 1.</summary>
    Bernoulli,

    /// <summary>Normal, each feature for itself.</summary>
    Gaussian,
}
