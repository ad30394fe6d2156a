namespace SparkScoring;

/// <summary>What a user may choose.</summary>
/// <param name="Remote">Spark's server; null: one of our own from SPARK_HOME.</param>
/// <param name="Weights">A file of weights; null: the network is trained here.</param>
/// <param name="Epochs">How many times every training sample is seen.</param>
/// <param name="Seed">Seed of training.</param>
/// <param name="Folder">Where the cluster keeps the tables; null: a folder of this machine that goes at the end.</param>
internal sealed record ScoringOptions(string? Remote, string? Weights, int Epochs, ulong Seed, string? Folder);
