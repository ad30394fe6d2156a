namespace Dsl;

/// <summary>What a logistic regression fits.</summary>
public enum LogisticFamily
{
    /// <summary>Binomial of two classes, else multinomial.</summary>
    Auto,

    /// <summary>One margin: two classes.</summary>
    Binomial,

    /// <summary>A margin a class.</summary>
    Multinomial,
}
