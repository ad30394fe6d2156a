using System;
using System.Collections.Generic;
using System.Globalization;

namespace Dsl.Runtime;

/// <summary>The figures in a checkpoint's metadata: each is there, a number, and in its range, or one clear error says which is not.</summary>
internal readonly struct CheckpointFigures(IReadOnlyDictionary<string, string> metadata, string source)
{
    /// <summary>The most steps that are taken from a file: so many more that no Fit counts over the end of a long.</summary>
    public const long MaximumStep = 1L << 62;

    /// <summary>A figure in its range.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="isLegal">Whether a value is in the range.</param>
    /// <param name="wanted">The range, for the message.</param>
    public T Get<T>(string key, Func<T, bool> isLegal, string wanted)
        where T : IParsable<T> => T.TryParse(Text(key), CultureInfo.InvariantCulture, out T? value) && isLegal(value) ? value : throw Wrong(key, wanted);

    /// <summary>A whole number from 0.</summary>
    public long Count(string key, long maximum) => Number(key, 0, maximum);

    /// <summary>A whole number from 0.</summary>
    public int Count(string key, int maximum) => (int)Number(key, 0, maximum);

    /// <summary>A whole number.</summary>
    public long Number(string key, long minimum, long maximum) => Get<long>(
        key, value => value >= minimum && value <= maximum, string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"));

    /// <summary>0 or 1.</summary>
    public bool Switch(string key) => Count(key, 1) == 1;

    /// <summary>A seed.</summary>
    public ulong Seed(string key) => Get<ulong>(key, _ => true, "a whole number from 0 to 18446744073709551615");

    /// <summary>A number that is not negative.</summary>
    public double Amount(string key) => Get<double>(key, value => value >= 0 && double.IsFinite(value), "a finite number from 0");

    /// <summary>The error for a figure that is not what it must be.</summary>
    public SafetensorsException Wrong(string key, string wanted) => new(
        $"{source} is a damaged checkpoint: its metadata has {(metadata.GetValueOrDefault(key) is { } text ? MessageText.Quote(text) : "nothing")} as {key}, but {wanted} is wanted.");

    private string Text(string key) => metadata.GetValueOrDefault(key) ?? throw Wrong(key, "a value");
}
