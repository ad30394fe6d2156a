using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Dsl.Pipelines.Stages;

/// <summary>What was learnt, as a line shows it: a few figures, long lists cut.</summary>
internal static class Shown
{
    private const int MostNumbers = 8;

    /// <summary>A number in few digits.</summary>
    public static string Of(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A number in all its digits: for messages.</summary>
    public static string Exactly(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Numbers.</summary>
    public static string Of(ReadOnlySpan<double> values)
    {
        StringBuilder text = new();
        for (int i = 0; i < values.Length && i < MostNumbers; i++)
            text.Append(i == 0 ? "" : ", ").Append(Of(values[i]));
        return text.Append(values.Length > MostNumbers ? $", … ({values.Length})" : "").ToString();
    }

    /// <summary>Whole numbers.</summary>
    public static string Of(ReadOnlySpan<int> values) => Of(values.ToArray().Select(value => (double)value).ToArray());
}
