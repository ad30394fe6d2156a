using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;

namespace Dsl.Pipelines;

/// <summary>Options that vary, by path: what generated <c>Fit</c> asks for each that <c>Grid</c> names.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GridPoint
{
    private readonly Dictionary<string, object> values;

    private GridPoint(Dictionary<string, object> values) => this.values = values;

    /// <summary>All options as declared.</summary>
    public static GridPoint Declared { get; } = new([]);

    /// <summary>The options that vary, in the order of the grid.</summary>
    public IReadOnlyDictionary<string, object> Parameters => values.AsReadOnly();

    /// <summary>All combinations; the last axis runs fastest. Without axes one point, as declared.</summary>
    /// <param name="axes">Paths, each once, with their values.</param>
    public static IReadOnlyList<GridPoint> All(params IReadOnlyList<(string Path, object[] Values)> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        List<GridPoint> points = [Declared];
        foreach ((string path, object[] options) in axes)
            points = [.. points.SelectMany(point => options.Select(value => new GridPoint(new(point.values) { { path, value } })))];
        return points;
    }

    /// <summary>A point as files have it: values in invariant text, which is read by what each option is.</summary>
    internal static GridPoint Of(IReadOnlyDictionary<string, string> written) => new(written.ToDictionary(pair => pair.Key, pair => (object)pair.Value));

    /// <summary>A number.</summary>
    public double Number(string path, double declared) => values.TryGetValue(path, out object? value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : declared;

    /// <summary>A number that is not declared anywhere; null where it does not vary.</summary>
    public double? NumberOrNull(string path) => values.TryGetValue(path, out object? value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    /// <summary>A whole number.</summary>
    public int Whole(string path, int declared) => values.TryGetValue(path, out object? value) ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : declared;

    /// <summary>A whole number from 0, such as a seed.</summary>
    public ulong Unsigned(string path, ulong declared) => values.TryGetValue(path, out object? value) ? Convert.ToUInt64(value, CultureInfo.InvariantCulture) : declared;

    /// <summary>A flag.</summary>
    public bool Flag(string path, bool declared) => values.TryGetValue(path, out object? value) ? Convert.ToBoolean(value, CultureInfo.InvariantCulture) : declared;

    /// <summary>A text.</summary>
    public string Text(string path, string declared) => values.TryGetValue(path, out object? value) ? (string)value : declared;

    /// <summary>A value of an enum.</summary>
    public T Enum<T>(string path, T declared)
        where T : struct, Enum => !values.TryGetValue(path, out object? value) ? declared : value is string text ? System.Enum.Parse<T>(text) : (T)value;

    /// <inheritdoc/>
    public override string ToString() => values.Count == 0 ? "as declared" : TextOf(values);

    internal static string TextOf(IReadOnlyDictionary<string, object> parameters) => string.Join(", ", parameters.Select(pair => $"{pair.Key} = {TextOf(pair.Value)}"));

    internal static string TextOf(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
