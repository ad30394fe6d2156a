namespace Dates;

/// <summary>What a user may choose.</summary>
/// <param name="Epochs">How many times every date is seen.</param>
/// <param name="Samples">Dates to train on.</param>
/// <param name="Seed">Seed of all that is drawn.</param>
/// <param name="Texts">Dates to read besides.</param>
/// <param name="ReportPath">Where the page goes; null: there is none.</param>
internal sealed record DatesOptions(int Epochs, int Samples, int Seed, string[] Texts, string? ReportPath);
