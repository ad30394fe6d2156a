using System;

namespace Dsl.Spark.Tests.Pipelines;

/// <summary>A row as a table has it, with names of its own and a column that nothing needs.</summary>
public sealed record Bird(
    string? Sex,
    string Island,
    [Column("bill_length_mm")] double? BillLength,
    [Column("bill_depth_mm")] double? BillDepth,
    [Column("body_mass_g")] double? BodyMass,
    int Year,
    string Species,
    [Sensitive] string Tag,
    Guid Id);

/// <summary>A network among the stages.</summary>
[Model, Input(6), Linear(16), ReLU, Linear(3), CrossEntropy, Adam(1e-2)]
public sealed partial class BirdNet;

/// <summary>What the page of the language shows first.</summary>
[Pipeline<Bird>]
[Imputer("BillLength", "BillDepth", "BodyMass")]
[StringIndexer("Species", "Label", Classes = 3), StringIndexer("Island", "IslandIndex")]
[OneHotEncoder("IslandIndex", "IslandVector", Size = 2)]
[Map(nameof(Ratio), "Ratio")]
[VectorAssembler("Raw", "BillLength", "BillDepth", "BodyMass", "IslandVector", "Ratio")]
[StandardScaler("Raw", "Features", WithMean = true)]
[LogisticRegression("Features", "Label", RegParam = 0.01, Prediction = "Linear")]
[Network<BirdNet>("Features", "Label", Epochs = 5, Prediction = "Deep")]
[IndexToString("Deep", "DeepSpecies")]
public sealed partial class BirdPipeline
{
    private static double Ratio(double billLength, double billDepth) => billLength / billDepth;
}

/// <summary>A text and whether somebody liked it.</summary>
public sealed record Opinion(string? Text, bool Liked);

/// <summary>Words to sparse vectors; rows without a text go.</summary>
[Pipeline<Opinion>]
[DropNulls("Text")]
[Tokenizer("Text", "Words")]
[HashingTF("Words", "Counts", NumFeatures = 1000)]
[IDF("Counts", "Weights")]
[LogisticRegression("Weights", "Liked", RegParam = 0.01)]
public sealed partial class OpinionPipeline;
