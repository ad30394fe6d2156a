using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Tests.Incremental;

/// <summary>
/// A project that is edited at random: model classes, blocks that they use from other files, and plain files. Edits are those of a person at
/// work, wrong states in between included: a name half typed, an attribute missing, a class that is there twice.
/// </summary>
internal sealed class RandomProject
{
    private static readonly string[] Layers =
    [
        "Conv2d({0}, 3, Padding = 1)", "Conv2d({0}, 3, Stride = 2)", "ReLU", "BatchNorm2d", "MaxPool2d(2)", "Flatten", "Linear({0})", "Dropout(0.{0})",
        "Tanh", "Conv2d({0}, 3, Padding = 1, Name = \"Stem{0}\")", "Add(\"Stem{0}\")", "GlobalAvgPool2d", "Use<Block{1}>", "Use<Block{1}>(Repeat = {0})",
        "Linear(-{0})", "ReLU(Name = \"class\")", "Concat(\"Input\")", "AvgPool2d({0})", "Linear({0}, Trainable = false)", "Softmax", "Linear(", "Reshape({0}, 4)",
    ];

    private static readonly string[] Endings =
    [
        "[CrossEntropy, Adam(1e-3)]", "[CrossEntropy(LabelSmoothing = 0.1), SGD(0.1, Momentum = 0.9), OneCycle(0.5)]", "[MeanSquaredError, AdamW]",
        "", "[CrossEntropy]", "[Adam]", "[CrossEntropy, CrossEntropy, Adam]", "[CrossEntropy, Adam, Budget(Parameters = {0}000)]",
    ];

    private static readonly string[] Heads = ["public partial class", "partial class", "internal sealed partial class", "public class", "public static partial class", "partial record"];

    private readonly Random random;
    private readonly Dictionary<string, Source> files = [];
    private int created;

    public RandomProject(Random random)
    {
        this.random = random;
        for (int i = 0; i < 8; i++)
            AddFile();
    }

    /// <summary>Text by path.</summary>
    public IReadOnlyDictionary<string, string> Files => files.ToDictionary(f => f.Key, f => f.Value.ToString());

    /// <summary>Makes one edit and says what it was.</summary>
    public string Edit()
    {
        int kind = random.Next(100);
        if (kind < 6 || files.Count < 4)
            return "added " + AddFile();
        (string path, Source file) = files.ElementAt(random.Next(files.Count));
        if (kind < 12)
        {
            files.Remove(path);
            return "removed " + path;
        }

        if (file.Kind == Kind.Plain || kind < 20)
        {
            file.Comment = "// " + random.Next();
            return "typed in " + path;
        }

        switch (kind)
        {
            case < 30:
                file.Name = file.Kind == Kind.Block ? $"Block{random.Next(3)}" : $"{(random.Next(4) == 0 ? "NET" : "Net")}{random.Next(12)}";
                break;
            case < 50 when file.Layers.Count > 0:
                file.Layers[random.Next(file.Layers.Count)] = Layer();
                break;
            case < 62:
                file.Layers.Insert(random.Next(file.Layers.Count + 1), Layer());
                break;
            case < 74 when file.Layers.Count > 0:
                file.Layers.RemoveAt(random.Next(file.Layers.Count));
                break;
            case < 80 when file.Layers.Count > 1:
                file.Layers.Reverse(random.Next(file.Layers.Count - 1), 2);
                break;
            case < 84:
                file.Head = Heads[random.Next(3) > 0 ? 0 : random.Next(Heads.Length)];
                break;
            case < 88:
                file.Ending = Ending();
                break;
            case < 91:
                file.Input = Input();
                break;
            case < 94:
                file.Marker = random.Next(3) > 0 ? file.Kind == Kind.Block ? "[Block]" : "[Model]" : random.Next(2) == 0 ? "" : "[Model, Block]";
                break;
            case < 97:
                file.Namespace = random.Next(3) == 0 ? "Other" : "Models";
                break;
            default:
                file.Member = random.Next(3) == 0 ? "public int Linear1 => 1;" : "private int ofTheUser;";
                break;
        }

        return "edited " + path;
    }

    private string AddFile()
    {
        int number = created++;
        Kind kind = number % 4 == 1 ? Kind.Block : number % 4 == 3 ? Kind.Plain : Kind.Model;
        string path = $"File{number}.cs";
        files[path] = new Source(kind)
        {
            Name = kind == Kind.Block ? $"Block{number / 4 % 3}" : $"Net{number}",
            Input = kind == Kind.Block ? "[Input(8, 8, 8)]" : Input(),
            Marker = kind == Kind.Block ? "[Block]" : "[Model]",
            Ending = kind == Kind.Block ? "" : Ending(),
            Layers = kind == Kind.Block
                ? ["Conv2d(8, 3, Padding = 1)", "BatchNorm2d", "Add(\"Input\")", "ReLU"]
                : ["Conv2d(8, 3, Padding = 1)", "ReLU", $"Use<Block{random.Next(3)}>", "Flatten", "Linear(10)"],
        };
        return path;
    }

    private string Layer() => string.Format(System.Globalization.CultureInfo.InvariantCulture, Layers[random.Next(Layers.Length)], 1 + random.Next(9), random.Next(3));

    private string Ending() => Endings[random.Next(2) == 0 ? 0 : random.Next(Endings.Length)].Replace("{0}", random.Next(1, 90).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private string Input() => random.Next(4) > 0 ? "[Input(1, 8, 8)]" : random.Next(2) == 0 ? "[Input(64)]" : "[Input(8, 8, 8)]";

    private enum Kind
    {
        Model,
        Block,
        Plain,
    }

    private sealed class Source(Kind kind)
    {
        public Kind Kind => kind;

        public required string Name { get; set; }

        public required string Input { get; set; }

        public required string Marker { get; set; }

        public required string Ending { get; set; }

        public required List<string> Layers { get; set; }

        public string Namespace { get; set; } = "Models";

        public string Head { get; set; } = Heads[0];

        public string Comment { get; set; } = "";

        public string Member { get; set; } = "";

        public override string ToString() => kind == Kind.Plain
            ? $"namespace Plain;\n{Comment}\npublic static class {Name}Plain {{ public static int One() => 1; }}\n"
            : $"using Dsl;\n\nnamespace {Namespace};\n\n{Comment}\n{Marker}\n{Input}\n{string.Concat(Layers.Select(l => $"[{l}]\n"))}{Ending}\n{Head} {Name}\n{{\n    {Member}\n}}\n";
    }
}
