using System;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>Where the types of a drawn pipeline stand, and from where they can be seen: mostly side by side and public.</summary>
internal sealed class DrawnPlaces
{
    private readonly bool isHidden;
    private readonly bool isNested;
    private readonly bool isRowNested;
    private readonly bool isRowWithin;
    private readonly int networks;

    public DrawnPlaces(Random random)
    {
        int kind = random.Next(10);
        isHidden = kind == 0;
        isNested = kind is 1 or 2;
        isRowNested = kind is 2 or 3;
        isRowWithin = kind == 4;
        bool isInternal = kind > 0 && random.Next(4) == 0;
        networks = random.Next(5);
        PipelineAccess = isHidden ? "private sealed" : isInternal ? "internal" : "public";
        RowAccess = isHidden ? "private" : random.Next(4) == 0 ? "internal" : "public";
    }

    /// <summary>Of the pipeline's class.</summary>
    public string PipelineAccess { get; }

    /// <summary>Of the row type.</summary>
    public string RowAccess { get; }

    /// <summary>Of the classes that make rows and call the pipeline.</summary>
    public string DriverAccess => isHidden ? "private" : "internal";

    /// <summary>What all of it stands in, as reflection has it.</summary>
    public string Outer => isHidden ? "Outer+" : "";

    /// <summary>What the row type stands in.</summary>
    public string RowWithin => isRowNested ? "Holder." : isRowWithin ? "P." : "";

    /// <summary>What the pipeline's class stands in.</summary>
    public string PipelineWithin => isNested ? "Around." : "";

    /// <summary>Before the pipeline's attributes.</summary>
    public string BeforePipeline => isNested ? "public partial struct Around\n{\n" : "";

    /// <summary>Behind its class.</summary>
    public string BehindPipeline => isNested ? "}\n" : "";

    /// <summary>Behind everything.</summary>
    public string End => isHidden ? "}\n" : "";

    /// <summary>Names for what is nested, and the row type in its place.</summary>
    public string Begin(string space, string row) =>
        (isNested ? $"using P = {space}.Around.P;\n" : "")
        + (RowWithin.Length > 0 ? $"using Row = {space}.{RowWithin}Row;\n" : "")
        + (isHidden ? "public static partial class Outer\n{\n" : "")
        + (isRowNested ? $"public static class Holder\n{{\n{row}}}\n" : isRowWithin ? $"partial class P\n{{\n{row}}}\n" : row);

    /// <summary>A network where others find it: as they name it.</summary>
    public string NetworkName(string name) => networks == 1 ? $"Nets.{name}" : name;

    /// <summary>A network's declaration, public as it is drawn.</summary>
    public string Network(string declaration)
    {
        string declared = isHidden ? declaration.Replace("public partial class", "private partial class", StringComparison.Ordinal)
            : networks == 2 ? declaration.Replace("public partial class", "internal sealed partial class", StringComparison.Ordinal)
            : declaration;
        return networks == 1 ? $"{(isHidden ? "private" : "internal")} static partial class Nets\n{{\n{declared.Replace("private partial", "internal partial", StringComparison.Ordinal)}\n}}" : declared;
    }
}
