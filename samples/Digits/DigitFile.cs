using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Dsl;

namespace Digits;

/// <summary>The file of digits: a line a sample, 64 pixels (whole numbers, 0 to 16 of 16 points inked) row by row from the top left, then the digit.</summary>
internal static class DigitFile
{
    /// <summary>How many digits there are to tell apart.</summary>
    public const int Classes = 10;

    /// <summary>Height and width of an image, in pixels.</summary>
    public const int Side = 8;

    /// <summary>How many pixels an image has.</summary>
    public const int Pixels = Side * Side;

    private const int Ink = 16;
    private const string Wanted = "64 pixels from 0 to 16 and the digit are wanted, with commas between";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>The samples in file order, pixels from 0 to 1.</returns>
    /// <exception cref="InvalidDataException">A line is wrong; the message names file, line and column.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Samples Read(string path)
    {
        using StreamReader reader = File.OpenText(path);
        return Read(reader, Path.GetFileName(path));
    }

    /// <summary>Reads samples until the end.</summary>
    /// <param name="reader">Where they come from.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The samples in file order, pixels from 0 to 1.</returns>
    /// <exception cref="InvalidDataException">A line is wrong; the message names file, line and column.</exception>
    public static Samples Read(TextReader reader, string name)
    {
        List<float> pixels = [];
        List<int> labels = [];
        int line = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            string[] fields = text.Split(',');
            if (fields.Length != Pixels + 1)
                throw new InvalidDataException($"{name}, line {line}: {Count(text, fields)}; {Wanted}.");
            for (int i = 0; i < Pixels; i++)
                pixels.Add(Number(fields[i], Ink, "a pixel", name, line, i + 1) / (float)Ink);
            labels.Add(Number(fields[Pixels], Classes - 1, "the digit", name, line, Pixels + 1));
        }

        return line > 0
            ? new Samples(pixels.ToArray(), labels.ToArray())
            : throw new InvalidDataException($"{name} is empty; a line a sample is wanted.");
    }

    private static string Count(string text, string[] fields) => text.Length == 0 ? "the line is empty" : fields.Length == 1 ? "1 value" : $"{fields.Length} values";

    private static int Number(string field, int largest, string what, string name, int line, int column)
    {
        if (int.TryParse(field, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int value) && value <= largest)
            return value;
        throw new InvalidDataException($"{name}, line {line}, column {column}: '{field}' is not {what}, a whole number from 0 to {largest}.");
    }
}
