using System;
using System.Collections.Generic;
using System.Threading;

namespace Dsl.Pipelines.Tests.HandWritten;

/// <summary>A row of penguins.csv.</summary>
public sealed record Penguin(string? Sex, string Island, double? BillLength, double? BillDepth, double? BodyMass, string Species);

[Model, Input(6), Linear(32), ReLU, Linear(3), CrossEntropy, Adam(1e-2)]
public partial class SpeciesNet;

/// <summary>
/// The page's pipeline as generated code may have it: fits and columns on one batch, a row straight through over one array, files, splits and tuning. It holds the runtime's parts together.
/// </summary>
internal sealed partial class SpeciesPipeline : IDisposable
{
    private const int Stages = 10;

    // Columns of a batch.
    private const int Island = 0;
    private const int BillLength = 1;
    private const int BillDepth = 2;
    private const int BodyMass = 3;
    private const int Species = 4;
    private const int Label = 5;
    private const int IslandIndex = 6;
    private const int IslandVector = 7;
    private const int Ratio = 8;
    private const int Raw = 9;
    private const int Features = 10;
    private const int Linear = 11;
    private const int LinearProbability = 12;
    private const int Deep = 13;
    private const int DeepProbability = 14;
    private const int DeepSpecies = 15;

    private static readonly string[] Names =
    [
        "Island", "BillLength", "BillDepth", "BodyMass", "Species", "Label", "IslandIndex", "IslandVector", "Ratio", "Raw", "Features", "Linear", "LinearProbability", "Deep",
        "DeepProbability", "DeepSpecies",
    ];

    private static readonly int[] Measures = [BillLength, BillDepth, BodyMass];
    private static readonly int[] Parts = [BillLength, BillDepth, BodyMass, IslandVector, Ratio];
    private static readonly int[] NetworkFeatures = [Features];

    private readonly ulong seed;

    private SpeciesPipeline(
        ulong seed,
        ImputerModel imputer1,
        StringIndexerModel stringIndexer1,
        StringIndexerModel stringIndexer2,
        OneHotEncoderModel oneHotEncoder1,
        StandardScalerModel standardScaler1,
        LogisticRegressionModel logisticRegression1,
        SpeciesNet speciesNet)
    {
        this.seed = seed;
        Imputer1 = imputer1;
        StringIndexer1 = stringIndexer1;
        StringIndexer2 = stringIndexer2;
        OneHotEncoder1 = oneHotEncoder1;
        StandardScaler1 = standardScaler1;
        LogisticRegression1 = logisticRegression1;
        SpeciesNet = speciesNet;
    }

    public ImputerModel Imputer1 { get; }

    public StringIndexerModel StringIndexer1 { get; }

    public StringIndexerModel StringIndexer2 { get; }

    public OneHotEncoderModel OneHotEncoder1 { get; }

    public StandardScalerModel StandardScaler1 { get; }

    public LogisticRegressionModel LogisticRegression1 { get; }

    public SpeciesNet SpeciesNet { get; }

    public Scores? TestScores { get; private set; }

    public static SpeciesPipeline Fit(
        IEnumerable<Penguin> rows, PipelineOptions? options = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Penguin[] all = [.. rows];
        (ColumnBatch batch, Penguin[] held) = Split(all, options, progress, cancellationToken);
        SpeciesPipeline made = FitStages(batch, GridPoint.Declared, options, progress, cancellationToken);
        if (held.Length > 0)
            made.TestScores = made.Evaluate(held);
        return made;
    }

    public static PipelineTuning<SpeciesPipeline> Tune(
        IEnumerable<Penguin> rows, PipelineOptions? options = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Penguin[] all = [.. rows];
        (ColumnBatch batch, Penguin[] held) = Split(all, options, progress, cancellationToken);
        return TuningRun.Run(
            new TuningPlan("LinearF1", LowerIsBetter: false, Folds: 3, Repeats: 1, unchecked(11 + (options?.Seed ?? 0))),
            GridPoint.All(("LogisticRegression1.RegParam", [0.01, 100.0]), ("SpeciesNet.Epochs", [1, 2])),
            batch.Count,
            Strata.Of(batch.Texts(Species)),
            fold =>
            {
                using SpeciesPipeline fitted = FitStages(batch.Take(fold.Train), fold.Point, options, fold.Progress, fold.Cancellation);
                return fitted.Score(batch.Take(fold.Held)).LinearF1;
            },
            point =>
            {
                SpeciesPipeline best = FitStages(batch, point, options, progress, cancellationToken);
                if (held.Length > 0)
                    best.TestScores = best.Evaluate(held);
                return best;
            },
            progress,
            cancellationToken);
    }

    private static (ColumnBatch Batch, Penguin[] Held) Split(Penguin[] all, PipelineOptions? options, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        ColumnBatch batch = Read(all, 0);
        FitStep split1 = new("Split1", 0, Stages, unchecked(7 + (options?.Seed ?? 0)), progress, cancellationToken);
        bool[] isTrain = SplitStage.Train(split1, batch.Count, 0.8, Strata.Of(batch.Texts(Species)));
        List<Penguin> held = [];
        for (int row = 0; row < isTrain.Length; row++)
        {
            if (!isTrain[row])
                held.Add(all[batch.Origins[row]]);
        }

        batch.Keep(isTrain);
        return (batch, [.. held]);
    }

    private static SpeciesPipeline FitStages(
        ColumnBatch batch, GridPoint point, PipelineOptions? options, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        ulong seed = options?.Seed ?? 0;
        FitStep Step(string stage, int index) => new(stage, index, Stages, seed, progress, cancellationToken);

        // Imputer1
        ImputerModel imputer1 = ImputerModel.Fit(Step("Imputer1", 1), batch, Measures, Imputation.Mean, double.NaN);
        imputer1.Transform(batch, Measures);

        // StringIndexer1: Species → Label, a training column
        StringIndexerModel stringIndexer1 = StringIndexerModel.Fit(Step("StringIndexer1", 2), batch, Species, StringOrder.FrequencyDesc, HandleInvalid.Error, 3, isTraining: true);
        stringIndexer1.Transform(batch, Species, Label);

        // StringIndexer2: Island → IslandIndex
        StringIndexerModel stringIndexer2 = StringIndexerModel.Fit(Step("StringIndexer2", 3), batch, Island, StringOrder.FrequencyDesc, HandleInvalid.Error, 0);
        stringIndexer2.Transform(batch, Island, IslandIndex);

        // OneHotEncoder1: IslandIndex → IslandVector
        OneHotEncoderModel oneHotEncoder1 = OneHotEncoderModel.Fit(Step("OneHotEncoder1", 4), batch, IslandIndex, true, HandleInvalid.Error, 2);
        oneHotEncoder1.Transform(batch, IslandIndex, IslandVector);

        // Map1, VectorAssembler1
        SetRatio(batch);
        VectorAssemblerStage.Transform("VectorAssembler1", batch, Parts, Raw, HandleInvalid.Error);

        // StandardScaler1: Raw → Features
        StandardScalerModel standardScaler1 = StandardScalerModel.Fit(Step("StandardScaler1", 7), batch, Raw, true, true);
        standardScaler1.Transform(batch, Raw, Features);
        batch.Release(Raw);

        // LogisticRegression1
        LogisticRegressionModel logisticRegression1 = LogisticRegressionModel.Fit(
            Step("LogisticRegression1", 8), batch, Features, Label, -1, 3, 100, point.Number("LogisticRegression1.RegParam", 0.01), 0, 1e-6, true, true, 0.5, LogisticFamily.Auto);

        // SpeciesNet
        SpeciesNet speciesNet = NetworkStage.Fit(
            Step("SpeciesNet", 9),
            batch,
            static seed => new SpeciesNet(seed),
            NetworkFeatures,
            Label,
            point.Whole("SpeciesNet.Epochs", 20),
            point.Whole("SpeciesNet.BatchSize", 32),
            learningRate: point.NumberOrNull("SpeciesNet.LearningRate"));
        return new SpeciesPipeline(seed, imputer1, stringIndexer1, stringIndexer2, oneHotEncoder1, standardScaler1, logisticRegression1, speciesNet);
    }

    public void Dispose() => SpeciesNet.Dispose();
}
