namespace Names;

/// <summary>What a user may choose.</summary>
/// <param name="Path">The file of names.</param>
/// <param name="Epochs">How many times every name is seen.</param>
/// <param name="Seed">Seed of the weights, of dropout, of the names' order and of the new names.</param>
/// <param name="Count">How many names are made at once when the speed is taken.</param>
/// <param name="ReportPath">Where the page goes; null: there is none.</param>
internal sealed record NamesOptions(string Path, int Epochs, ulong Seed, int Count, string? ReportPath);
