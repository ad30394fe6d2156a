namespace Digits;

/// <summary>What a user may choose.</summary>
/// <param name="Epochs">How many times every training sample is seen.</param>
/// <param name="Seed">Seed of the weights, of dropout and of the samples' order.</param>
/// <param name="SavePath">Where the weights go.</param>
/// <param name="ReportPath">Where the page goes; null: there is none.</param>
internal sealed record DigitOptions(int Epochs, ulong Seed, string SavePath, string? ReportPath);
