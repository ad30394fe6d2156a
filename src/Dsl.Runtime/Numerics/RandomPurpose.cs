namespace Dsl.Runtime;

/// <summary>What random numbers are drawn for: each purpose has streams of its own (see <see cref="Philox.Stream"/>).</summary>
internal enum RandomPurpose
{
    /// <summary>Initial weights; the owner is the parameter's index.</summary>
    Initialization = 1,

    /// <summary>The order of samples; the owner is the epoch.</summary>
    Shuffle = 2,

    /// <summary>Splits of a data set; the owner is the class (stratified) or 0.</summary>
    Split = 4,

    /// <summary>Ids that follow a prompt; the owner is the sequence.</summary>
    Generation = 6,

    /// <summary>Folds of a cross-validation; the owner is the repeat and, stratified, the class.</summary>
    Folds = 7,
}
