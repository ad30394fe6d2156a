using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Generator.Tests.Emitting;

/// <summary>A valid declaration drawn at random: a walk over layers that keeps track of shapes, with merges of earlier outputs.</summary>
internal sealed class RandomDeclaration
{
    private readonly Random random;
    private readonly List<string> attributes = [];
    private readonly List<(string Name, int[] Shape)> named = [];
    private readonly HashSet<string> used = [];
    private int[] shape;
    private bool hasParameters;

    public RandomDeclaration(Random random, string name)
    {
        this.random = random;
        Name = name;
        shape = random.Next(5) switch
        {
            4 => Ids(),
            0 => [random.Next(2, 20)],
            1 => [random.Next(2, 6), random.Next(2, 9)],
            _ => [random.Next(5) == 0 ? 33 : random.Next(1, 5), random.Next(4, 9), random.Next(4, 9)],
        };
        if (Vocabulary > 0)
            AddTokens();
        else
            AddInput();
        AddLayers();
    }

    /// <summary>A convolution in groups of so many channels first, with a kernel so wide: few channels are where kernels take paths of their own.</summary>
    public RandomDeclaration(Random random, string name, int channelsPerGroup, int kernelWidth)
    {
        this.random = random;
        Name = name;
        int groups = random.Next(2, 5);
        shape = [groups * channelsPerGroup, random.Next(4, 9), random.Next(4, 9)];
        AddInput();
        int channels = groups * random.Next(1, 6);
        int kernelHeight = random.Next(1, 4);
        shape = [channels, shape[1] - kernelHeight + 1, shape[2] - kernelWidth + 1];
        hasParameters = true;
        attributes.Add($"Conv2d({channels}, {kernelWidth}, KernelHeight = {kernelHeight}, Groups = {groups})");
        AddLayers();
    }

    public string Name { get; }

    public int[] Input { get; private set; } = [];

    /// <summary>Of an input of ids: how many there are; else 0.</summary>
    public int Vocabulary { get; private set; }

    /// <summary>The id of padding, or -1.</summary>
    public int Padding { get; private set; } = -1;

    public int InputSize => Input.Aggregate(1, (a, b) => a * b);

    public int OutputSize => shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Classes of the labels; 0 where targets are values, -1 where labels are signs.</summary>
    public int Classes { get; private set; }

    public int LabelsPerSample { get; private set; }

    public bool HasTargets { get; private set; }

    /// <summary>The targets are probabilities in rows of this length; 0 for any numbers.</summary>
    public int TargetRow { get; private set; }

    /// <summary>Inputs of a batch: numbers, or ids with padding behind some of each sample.</summary>
    public float[] Draw(Random random, int batch)
    {
        float[] x = [.. Enumerable.Range(0, batch * InputSize).Select(_ => Vocabulary > 0 ? random.Next(Vocabulary) : (float)((random.NextDouble() * 3) - 1.5))];
        for (int n = 0; n < batch && Padding >= 0; n++)
        {
            int padded = random.Next(InputSize + 1);
            x.AsSpan(((n + 1) * InputSize) - padded, padded).Fill(Padding);
        }

        return x;
    }

    public override string ToString() =>
        $"[Model, {string.Join(", ", attributes)}]\npublic partial class {Name};";

    private static string Sizes(int[] shape) => string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Frozen() => Chance(10) ? ", Trainable = false" : "";

    private int[] Ids()
    {
        Vocabulary = random.Next(2, 12);
        Padding = Chance(60) ? random.Next(Vocabulary) : -1;
        return [random.Next(1, 8)];
    }

    private void AddTokens()
    {
        Input = shape;
        shape = [shape[0], random.Next(2, 20)];
        hasParameters = true;
        attributes.Add($"Tokens({Input[0]}, Vocabulary = {Vocabulary}, Padding = {Padding})");
        attributes.Add($"Embedding({shape[1]}{Frozen()})");
    }

    private void AddInput()
    {
        Input = shape;
        attributes.Add($"Input({Sizes(shape)})");
        named.Add(("Input", shape));
    }

    private void AddLayers()
    {
        int layers = random.Next(1, 8);
        for (int i = 0; i < layers; i++)
            AddLayer(i);
        Finish();
    }

    private void AddLayer(int index)
    {
        string? layer = shape.Length switch
        {
            3 => ImageLayer(),
            2 => Chance(50) ? Linear() : Chance(40) ? StepWindow() ?? SequenceLayer() : SequenceLayer(),
            _ => Chance(60) ? Linear() : VectorLayer(),
        };
        if (layer is null)
            return;
        string name = "L" + index.ToString(CultureInfo.InvariantCulture);
        bool hasArguments = layer.EndsWith(')');
        attributes.Add(hasArguments ? layer[..^1] + $", Name = \"{name}\")" : $"{layer}(Name = \"{name}\")");
        named.Add((name, shape));
    }

    private string Linear()
    {
        int features = random.Next(1, 40);
        shape = [.. shape[..^1], features];
        hasParameters = true;
        return $"Linear({features}{(Chance(20) ? ", Bias = false" : "")}{Frozen()})";
    }

    private string? Merge()
    {
        (string Name, int[] Shape)[] equal = [.. named.Take(named.Count - 1).Where(one => one.Shape.SequenceEqual(shape))];
        if (equal.Length == 0)
            return null;
        string with = equal[random.Next(equal.Length)].Name;
        used.Add(with);
        switch (random.Next(3))
        {
            case 0:
                return $"Add(\"{with}\")";
            case 1:
                return $"Multiply(\"{with}\")";
            default:
                int axis = random.Next(shape.Length);
                shape = [.. shape];
                shape[axis] *= 2;
                return $"Concat(\"{with}\", Axis = {axis})";
        }
    }

    private string Activation()
    {
        string[] all =
        [
            "ReLU", "ReLU6", "LeakyReLU(0.1)", "LeakyReLU(-0.3)", "LeakyReLU(-1e-50)", "ELU(0.7)", "ELU(1e-50)", "GELU", "SiLU", "Sigmoid", "Tanh", "Softplus", "HardSwish", "HardSigmoid", "Softmax", "LogSoftmax",
        ];
        return all[random.Next(all.Length)];
    }

    private string? VectorLayer() => random.Next(6) switch
    {
        0 => Norm("BatchNorm1d"),
        5 => LayerNorm(),
        1 => "Dropout(0.3)",
        2 => Merge() ?? GaussianSample() ?? Custom(),
        _ => Activation(),
    };

    // Beside the declarations stands what it names.
    private string Custom()
    {
        if (shape[0] % 3 == 0)
            return "Custom<Swish>";
        shape = [3];
        hasParameters = true;
        return "Custom<Mixture>";
    }

    // By the shape, as RootMeanSquare.
    private string? GaussianSample()
    {
        if (shape[0] % 2 != 0)
            return null;
        shape = [shape[0] / 2];
        return $"GaussianSample(Weight = {(shape[0] % 3 == 0 ? "0" : "0.3")})";
    }

    private string? SequenceLayer()
    {
        switch (random.Next(11))
        {
            case 0:
                return Norm("BatchNorm1d");
            case 6:
                hasParameters = true;
                return Chance(50) ? "SinusoidalPosition" : "PositionalEmbedding";
            case 7:
                shape = [shape[1]];
                return "LastStep";
            case 5:
                return Chance(70) ? LayerNorm() : GroupNorm(shape[1]);
            case 8:
                return Recurrent();
            case 9:
                return Attention();
            case 10 when shape[1] >= 4:
                hasParameters = true;
                string places = $"{(Chance(50) ? ", Causal = true" : "")}{(Chance(50) ? ", NormFirst = false" : "")}{(Chance(30) ? ", Activation = Activation.ReLU" : "")}";
                return $"TransformerEncoderLayer({Heads()}, {random.Next(1, 20)}{(Chance(60) ? ", Dropout = 0" : "")}{places}{Frozen()})";
            case 1:
                shape = [shape[0] * shape[1]];
                return "Flatten";
            case 2:
                shape = [shape[1], shape[0]];
                return "Permute(1, 0)";
            case 3:
                return Merge() ?? Activation();
            default:
                return Activation();
        }
    }

    private int Heads()
    {
        int[] divisors = [.. Enumerable.Range(1, shape[1]).Where(divisor => shape[1] % divisor == 0)];
        return divisors[random.Next(divisors.Length)];
    }

    private string Attention()
    {
        hasParameters = true;
        string keys = "";
        (string Name, int[] Shape)[] others = [.. named.Where(one => one.Shape.Length == 2 && one.Shape[1] == shape[1])];
        if (others.Length > 0 && Chance(60))
        {
            string other = others[random.Next(others.Length)].Name;
            used.Add(other);
            keys = $", KeyValue = \"{other}\"";
        }
        else if (Chance(50))
        {
            keys = ", Causal = true";
        }

        return $"MultiheadAttention({Heads()}{keys}{(Chance(30) ? ", Dropout = 0.3" : "")}{Frozen()})";
    }

    // A row of few values is all but constant after it.
    private string LayerNorm() => shape[^1] < 4 ? Activation() : RootMeanSquare() ?? Norm("LayerNorm");

    // By the shape: the generator's later draws, and so the networks of a seed, stay what they were.
    private string? RootMeanSquare() => shape.Sum() % 2 == 0 ? Norm("RMSNorm") : null;

    // A group of few values is all but constant after it.
    private string GroupNorm(int channels)
    {
        int[] groups = [.. Enumerable.Range(1, channels).Where(count => channels % count == 0 && OutputSize / count >= 8)];
        return groups.Length == 0 ? Activation() : Norm($"GroupNorm({groups[random.Next(groups.Length)]})");
    }

    private string Recurrent()
    {
        int hidden = random.Next(1, 12);
        bool isBidirectional = Chance(30);
        string layers = Chance(30) ? $", Layers = {random.Next(2, 4)}" + (Chance(50) ? ", Dropout = 0.2" : "") : "";
        shape = [shape[0], isBidirectional ? 2 * hidden : hidden];
        hasParameters = true;
        return $"{(random.Next(3) switch { 0 => "RNN", 1 => "LSTM", _ => "GRU" })}({hidden}{layers}{(isBidirectional ? ", Bidirectional = true" : "")}{Frozen()})";
    }

    private string Norm(string name)
    {
        hasParameters = true;
        return !Chance(20) ? name : name.EndsWith(')') ? name[..^1] + ", Trainable = false)" : $"{name}(Trainable = false)";
    }

    private string? ImageLayer()
    {
        (int channels, int height, int width) = (shape[0], shape[1], shape[2]);
        switch (random.Next(15))
        {
            case 0 or 1 or 2 or 3:
                return Convolution("Conv2d", Chance(15) ? 33 : random.Next(1, 7));
            case 4:
                return Chance(60) ? Convolution("DepthwiseConv2d", channels) : Transposed();
            case 5 when height >= 2 && width >= 2:
                shape = [channels, ((height - 2) / 2) + 1, ((width - 2) / 2) + 1];
                return "MaxPool2d(2)";
            case 6 when height >= 3 && width >= 3:
                shape = [channels, height + 2 - 3 + 1, width + 2 - 3 + 1];
                return Chance(50) ? "MaxPool2d(3, Stride = 1, Padding = 1)" : "AvgPool2d(3, Stride = 1, Padding = 1)";
            case 7:
                int side = random.Next(1, 4);
                shape = [channels, side, random.Next(1, 4)];
                return $"AdaptiveAvgPool2d({side}, {shape[2]})";
            case 8:
                shape = [channels];
                return Chance(50) ? "GlobalAvgPool2d" : "GlobalMaxPool2d";
            case 9:
                return Chance(50) ? Norm("BatchNorm2d") : GroupNorm(channels);
            case 10 when height * width < 40:
                shape = [channels, height * 2, width * 2];
                return "Upsample2d(2)";
            case 11:
                int padding = random.Next(0, 2);
                shape = [channels, height + (2 * padding), width + (2 * padding)];
                return $"ZeroPad2d({padding})";
            case 12:
                if (Chance(50))
                {
                    shape = [width, channels, height];
                    return "Permute(2, 0, 1)";
                }

                shape = [height * width, channels];
                return $"Reshape({Sizes(shape)})";
            case 13:
                shape = [channels * height * width];
                return "Flatten";
            default:
                return Chance(40) ? Merge() ?? Activation() : Chance(20) ? "Dropout(0.4)" : Activation();
        }
    }

    private string? Transposed()
    {
        int kernel = random.Next(1, 4);
        int stride = Chance(50) ? 1 : 2;
        int padding = random.Next(0, (kernel / 2) + 1);
        int more = random.Next(0, stride);
        (int height, int width) = (((shape[1] - 1) * stride) - (2 * padding) + kernel + more, ((shape[2] - 1) * stride) - (2 * padding) + kernel + more);
        if (height < 1 || width < 1 || height * width > 100)
            return null;
        int groups = shape[0] % 2 == 0 && Chance(30) ? 2 : 1;
        shape = [groups * random.Next(1, 6), height, width];
        hasParameters = true;
        return $"ConvTranspose2d({shape[0]}, {kernel}, Stride = {stride}, Padding = {padding}, OutputPadding = {more}, Groups = {groups}{(Chance(20) ? ", Bias = false" : "")}{Frozen()})";
    }

    // What slides over steps.
    private string? StepWindow()
    {
        (int steps, int features) = (shape[0], shape[1]);
        switch (random.Next(6))
        {
            case 0:
                shape = [features];
                return Chance(50) ? "GlobalAvgPool1d" : "GlobalMaxPool1d";
            case 1 when steps >= 2:
                shape = [steps / 2, features];
                return "MaxPool1d(2)";
            case 2 when steps >= 2:
                shape = [(steps - 1) / 2 + 1, features];
                return Chance(50) ? "MaxPool1d(3, Stride = 2, Padding = 1)" : "AvgPool1d(3, Stride = 2, Padding = 1)";
            default:
                int kernel = random.Next(1, 5);
                int stride = Chance(70) ? 1 : 2;
                int dilation = Chance(80) ? 1 : 2;
                int padding = Chance(50) ? kernel / 2 : 0;
                int room = steps + (2 * padding) - ((kernel - 1) * dilation) - 1;
                int groups = features % 2 == 0 && Chance(30) ? 2 : 1;
                bool same = padding == 0 && Chance(30);
                if (room < 0 && !same)
                    return null;
                shape = [same ? (steps + stride - 1) / stride : (room / stride) + 1, groups * random.Next(1, 10)];
                hasParameters = true;
                return $"Conv1d({shape[1]}, {kernel}, Stride = {stride}, Padding = {padding}, Dilation = {dilation}, Groups = {groups}{(same ? ", Same = true" : "")}{(Chance(20) ? ", Bias = false" : "")}{Frozen()})"
                    .Replace(same ? "Padding = 0, " : "?", "", StringComparison.Ordinal);
        }
    }

    private string? Convolution(string name, int channels)
    {
        (int height, int width) = (shape[1], shape[2]);
        int kernel = Chance(50) ? 3 : random.Next(1, 4);
        int stride = Chance(70) ? 1 : 2;
        int dilation = Chance(85) ? 1 : 2;
        int span = ((kernel - 1) * dilation) + 1;
        bool same = Chance(20);
        int padding = same ? 0 : Chance(60) ? kernel / 2 : 0;
        if (!same && (height + (2 * padding) < span || width + (2 * padding) < span))
            return null;
        int groups = 1;
        if (name == "Conv2d" && Chance(40))
        {
            int[] divisors = [.. Enumerable.Range(2, shape[0] - 1).Where(divisor => shape[0] % divisor == 0)];
            groups = divisors.Length == 0 ? 1 : divisors[random.Next(divisors.Length)];
            channels = (channels + groups - 1) / groups * groups;
        }

        shape = same
            ? [channels, (height + stride - 1) / stride, (width + stride - 1) / stride]
            : [channels, ((height + (2 * padding) - span) / stride) + 1, ((width + (2 * padding) - span) / stride) + 1];
        hasParameters = true;
        string arguments = name == "Conv2d" ? $"{channels}, {kernel}" : $"{kernel}";
        return $"{name}({arguments}{(stride > 1 ? ", Stride = 2" : "")}{(padding > 0 ? $", Padding = {padding}" : "")}{(dilation > 1 ? ", Dilation = 2" : "")}{(groups > 1 ? $", Groups = {groups}" : "")}{(same ? ", Same = true" : "")}{(Chance(20) ? ", Bias = false" : "")}{Frozen()})";
    }

    private void Finish()
    {
        if (shape.Length == 3 && Chance(50))
        {
            shape = [OutputSize];
            attributes.Add("Flatten");
        }

        if (!hasParameters || Chance(50))
        {
            if (shape.Length == 3)
            {
                shape = [OutputSize];
                attributes.Add("Flatten");
            }

            shape = [.. shape[..^1], random.Next(1, 12)];
            attributes.Add($"Linear({shape[^1]})");
        }

        attributes.Add(Loss());
        AddTraining();
    }

    // Drawn from a generator of their own: the networks of a seed stay what they were. A large epsilon, as a bias before a batch norm has a gradient of
    // rounding alone, of which a small one would make a whole step.
    private void AddTraining()
    {
        Random other = new(attributes.Count + OutputSize);
        attributes.Add(other.Next(7) switch
        {
            0 => "Adam(1e-3, Epsilon = 0.1)",
            1 => "AdamW(1e-3, Epsilon = 0.1)",
            2 => "RMSprop(1e-3, Epsilon = 0.1)",
            3 => "Adagrad(1e-3, Epsilon = 0.1)",
            _ => "SGD(1e-3)",
        });
        switch (other.Next(10))
        {
            case 0:
                attributes.Add("Cosine");
                break;
            case 1:
                attributes.Add("OneCycle(1e-3)");
                break;
            case 2:
                attributes.Add("StepDecay(1, 0.5)");
                break;
            case 3:
                attributes.Add("WarmupLinear(2)");
                break;
        }
    }

    private string Loss()
    {
        switch (random.Next(7))
        {
            case 0 or 1 when shape.Length <= 2 && shape[^1] >= 2:
                Classes = shape[^1];
                LabelsPerSample = OutputSize / Classes;
                return Chance(50) ? "CrossEntropy" : "CrossEntropy(LabelSmoothing = 0.1, IgnoreLabel = 1)";
            case 2 when shape.Length == 1 && shape[0] == 1:
                Classes = -1;
                LabelsPerSample = 1;
                return "Hinge";
            case 3:
                HasTargets = true;
                TargetRow = shape[^1];
                return "KLDivergence";
            case 4:
                HasTargets = true;
                TargetRow = 1;
                return "BinaryCrossEntropy";
            case 5:
                HasTargets = true;
                return Chance(50) ? "Huber(0.5)" : "MeanAbsoluteError";
            case 6 when Vocabulary == 0 && shape.SequenceEqual(Input):
                return "Reconstruction";
            default:
                HasTargets = true;
                return "MeanSquaredError";
        }
    }
}
