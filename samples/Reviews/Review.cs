namespace Reviews;

/// <summary>A sentence of a film review.</summary>
/// <param name="Text">Its words, with blanks between.</param>
/// <param name="IsPositive">Whether it speaks well of its film.</param>
public sealed record Review(string Text, bool IsPositive);
