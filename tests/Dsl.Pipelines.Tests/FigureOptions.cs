using System.Collections.Generic;
using System.Text.Json;

namespace Dsl.Pipelines.Tests;

/// <summary>What MLlib was fitted with, by its names; what is not there had its default.</summary>
internal sealed class FigureOptions : Dictionary<string, JsonElement>
{
    public double Number(string option, double otherwise) => TryGetValue(option, out JsonElement value) ? value.GetDouble() : otherwise;

    public bool Flag(string option, bool otherwise) => TryGetValue(option, out JsonElement value) ? value.GetBoolean() : otherwise;

    public string? Text(string option) => TryGetValue(option, out JsonElement value) ? value.GetString() : null;
}
