using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Tests.HandWritten;

/// <summary>A row of penguins.csv.</summary>
public sealed record Penguin(string? Sex, string Island, double? BillLength, double? BillDepth, double? BodyMass, string Species);

[Model, Input(6), Linear(32), ReLU, Linear(3), CrossEntropy, Adam(1e-2)]
public partial class SpeciesNet;

/// <summary>
/// The page's pipeline as generated code may have it: fits and columns on one batch, a row straight through over one array, files, splits and tuning. It holds the runtime's parts together.
/// </summary>
internal sealed class SpeciesPipeline : IDisposable
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

    private static readonly CsvColumn[] CsvColumns =
        [new("Sex"), new("Island"), new("BillLength", "bill_length_mm"), new("BillDepth", "bill_depth_mm"), new("BodyMass", "body_mass_g"), new("Species")];

    private static readonly PipelineDeclaration Declared = new(
        "SpeciesPipeline",
        [new("Sex", "string?"), new("Island", "string"), new("BillLength", "double?"), new("BillDepth", "double?"), new("BodyMass", "double?"), new("Species", "string")],
        [
            new("Split1", "Split", ("Train", "0.8"), ("Seed", "7"), ("Stratify", "Species")),
            new("Imputer1", "Imputer", ("columns", "BillLength, BillDepth, BodyMass")),
            new("StringIndexer1", "StringIndexer", ("input", "Species"), ("output", "Label"), ("Classes", "3")),
            new("StringIndexer2", "StringIndexer", ("input", "Island"), ("output", "IslandIndex")),
            new("OneHotEncoder1", "OneHotEncoder", ("input", "IslandIndex"), ("output", "IslandVector"), ("Size", "2")),
            new("Map1", "Map", ("method", "Ratio"), ("output", "Ratio")),
            new("VectorAssembler1", "VectorAssembler", ("output", "Raw"), ("inputs", "BillLength, BillDepth, BodyMass, IslandVector, Ratio")),
            new("StandardScaler1", "StandardScaler", ("input", "Raw"), ("output", "Features"), ("WithMean", "true")),
            new("LogisticRegression1", "LogisticRegression", ("features", "Features"), ("label", "Label"), ("RegParam", "0.01"), ("Prediction", "Linear")),
            new("SpeciesNet", "Network", ("features", "Features"), ("label", "Label"), ("Epochs", "20"), ("Prediction", "Deep")),
        ]);

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

    internal sealed record OutputRow(
        string? Sex,
        string Island,
        double BillLength,
        double BillDepth,
        double BodyMass,
        string Species,
        double? Label,
        double IslandIndex,
        Vector IslandVector,
        double Ratio,
        Vector Raw,
        Vector Features,
        double Linear,
        Vector LinearProbability,
        double Deep,
        Vector DeepProbability,
        string DeepSpecies);

    internal sealed record Scores(double DeepAccuracy, double LinearF1);

    public static IEnumerable<Penguin> ReadCsv(string path, CsvOptions? options = null) => CsvTable.Read(path, options, CsvColumns, static row => new Penguin(
        row.TextOrNull(0), row.Text(1), row.NumberOrNull<double>(2), row.NumberOrNull<double>(3), row.NumberOrNull<double>(4), row.Text(5)));

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

    private static ColumnBatch Read(ReadOnlySpan<Penguin> rows, long first)
    {
        ColumnBatch batch = new(Names, rows.Length, first);
        string?[] island = new string?[rows.Length];
        string?[] species = new string?[rows.Length];
        double[][] measures = [new double[rows.Length], new double[rows.Length], new double[rows.Length]];
        bool[][] nulls = [new bool[rows.Length], new bool[rows.Length], new bool[rows.Length]];
        for (int row = 0; row < rows.Length; row++)
        {
            island[row] = rows[row].Island;
            species[row] = rows[row].Species;
            Set(0, row, rows[row].BillLength);
            Set(1, row, rows[row].BillDepth);
            Set(2, row, rows[row].BodyMass);
        }

        batch.Set(Island, island);
        batch.Set(Species, species);
        for (int i = 0; i < Measures.Length; i++)
            batch.Set(Measures[i], measures[i], nulls[i]);
        return batch;

        void Set(int measure, int row, double? value)
        {
            measures[measure][row] = value ?? double.NaN;
            nulls[measure][row] = value is null;
        }
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

    private static double RatioOf(double billLength, double billDepth) => billLength / billDepth;

    private static void SetRatio(ColumnBatch batch)
    {
        double[] ratio = new double[batch.Count];
        for (int row = 0; row < ratio.Length; row++)
            ratio[row] = RatioOf(batch.Numbers(BillLength)[row], batch.Numbers(BillDepth)[row]);
        batch.Set(Ratio, ratio);
    }

    public OutputRow Predict(Penguin row)
    {
        // IslandVector 0..1, Raw 2..7, Features 8..13, LinearProbability 14..16, DeepProbability 17..19.
        double[] values = new double[20];

        // Imputer1
        double billLength = Imputer1.Transform(0, row.BillLength);
        double billDepth = Imputer1.Transform(1, row.BillDepth);
        double bodyMass = Imputer1.Transform(2, row.BodyMass);

        // StringIndexer1
        double index = StringIndexer1.Transform(row.Species);
        double? label = double.IsNaN(index) ? null : index;

        // StringIndexer2
        double islandIndex = StringIndexer2.Transform(row.Island);

        // OneHotEncoder1
        OneHotEncoder1.Transform(islandIndex, values.AsSpan(0, 2));

        // Map1
        double ratio = RatioOf(billLength, billDepth);

        // VectorAssembler1
        values[2] = billLength;
        values[3] = billDepth;
        values[4] = bodyMass;
        values[5] = values[0];
        values[6] = values[1];
        values[7] = ratio;
        VectorAssemblerStage.Keeps("VectorAssembler1", "BillLength", billLength, HandleInvalid.Error);
        VectorAssemblerStage.Keeps("VectorAssembler1", "BillDepth", billDepth, HandleInvalid.Error);
        VectorAssemblerStage.Keeps("VectorAssembler1", "BodyMass", bodyMass, HandleInvalid.Error);
        VectorAssemblerStage.Keeps("VectorAssembler1", "Ratio", ratio, HandleInvalid.Error);

        // StandardScaler1
        Span<double> features = values.AsSpan(8, 6);
        StandardScaler1.Transform(values.AsSpan(2, 6), features);

        // LogisticRegression1
        double linear = LogisticRegression1.Predict(features, values.AsSpan(14, 3));

        // SpeciesNet
        Span<float> networkInput = stackalloc float[6];
        Span<float> networkOutput = stackalloc float[3];
        NetworkOutputs.ToFloats(features, networkInput);
        SpeciesNet.Predict(networkInput, networkOutput);
        double deep = NetworkOutputs.Classes(networkOutput, values.AsSpan(17, 3));

        // IndexToString1
        string deepSpecies = IndexToStringStage.Transform("IndexToString1", deep, StringIndexer1.Labels);
        return new OutputRow(
            row.Sex, row.Island, billLength, billDepth, bodyMass, row.Species, label, islandIndex, new Vector(values, 0, 2), ratio, new Vector(values, 2, 6), new Vector(values, 8, 6), linear,
            new Vector(values, 14, 3), deep, new Vector(values, 17, 3), deepSpecies);
    }

    public IEnumerable<OutputRow> Transform(IEnumerable<Penguin> rows) => RowBatches.Transform<Penguin, OutputRow>(rows, TransformRows);

    private OutputRow[] TransformRows(ReadOnlySpan<Penguin> rows, long first)
    {
        ColumnBatch batch = Read(rows, first);
        TransformBatch(batch);
        ReadOnlySpan<bool> noLabel = batch.Nulls(Label);
        OutputRow[] outputs = new OutputRow[batch.Count];
        for (int row = 0; row < outputs.Length; row++)
        {
            Penguin origin = rows[batch.Origins[row]];
            outputs[row] = new OutputRow(
                origin.Sex,
                origin.Island,
                batch.Numbers(BillLength)[row],
                batch.Numbers(BillDepth)[row],
                batch.Numbers(BodyMass)[row],
                origin.Species,
                !noLabel.IsEmpty && noLabel[row] ? null : batch.Numbers(Label)[row],
                batch.Numbers(IslandIndex)[row],
                batch.VectorAt(IslandVector, row),
                batch.Numbers(Ratio)[row],
                batch.VectorAt(Raw, row),
                batch.VectorAt(Features, row),
                batch.Numbers(Linear)[row],
                batch.VectorAt(LinearProbability, row),
                batch.Numbers(Deep)[row],
                batch.VectorAt(DeepProbability, row),
                batch.Texts(DeepSpecies)[row]!);
        }

        return outputs;
    }

    private void TransformBatch(ColumnBatch batch)
    {
        Imputer1.Transform(batch, Measures);
        StringIndexer1.Transform(batch, Species, Label);
        StringIndexer2.Transform(batch, Island, IslandIndex);
        OneHotEncoder1.Transform(batch, IslandIndex, IslandVector);
        SetRatio(batch);
        VectorAssemblerStage.Transform("VectorAssembler1", batch, Parts, Raw, HandleInvalid.Error);
        StandardScaler1.Transform(batch, Raw, Features);
        LogisticRegression1.Transform(batch, Features, Linear, LinearProbability, -1);
        NetworkStage.Transform("SpeciesNet", batch, SpeciesNet, NetworkFeatures, Deep, DeepProbability, labels: StringIndexer1.AllLabels);
        IndexToStringStage.Transform("IndexToString1", batch, Deep, DeepSpecies, []);
    }

    public Scores Evaluate(IEnumerable<Penguin> rows) => Score(Read([.. rows], 0));

    private Scores Score(ColumnBatch batch)
    {
        TransformBatch(batch);
        bool[] has = new bool[batch.Count];
        for (int row = 0; row < has.Length; row++)
            has[row] = !double.IsNaN(batch.Numbers(Label)[row]);
        batch.Keep(has);
        return new Scores(
            PipelineMetrics.Accuracy("DeepAccuracy", batch.Numbers(Label), batch.Numbers(Deep)),
            PipelineMetrics.F1("LinearF1", batch.Numbers(Label), batch.Numbers(Linear)));
    }

    public void Save(string folder) => PipelineFiles.Save(folder, Declared, files =>
    {
        files.Options(new PipelineOptions { Seed = seed });
        files.Stage("Imputer1", Imputer1);
        files.Stage("StringIndexer1", StringIndexer1);
        files.Stage("StringIndexer2", StringIndexer2);
        files.Stage("OneHotEncoder1", OneHotEncoder1);
        files.Stage("StandardScaler1", StandardScaler1);
        files.Stage("LogisticRegression1", LogisticRegression1);
        files.Network("SpeciesNet", SpeciesNet);
        if (TestScores is not null)
        {
            files.Score("DeepAccuracy", TestScores.DeepAccuracy);
            files.Score("LinearF1", TestScores.LinearF1);
        }
    });

    public static SpeciesPipeline Load(string folder, PipelineOptions? options = null) => PipelineFiles.Load(folder, Declared, options, files => new SpeciesPipeline(
        files.Seed,
        files.Stage<ImputerModel>("Imputer1"),
        files.Stage<StringIndexerModel>("StringIndexer1"),
        files.Stage<StringIndexerModel>("StringIndexer2"),
        files.Stage<OneHotEncoderModel>("OneHotEncoder1"),
        files.Stage<StandardScalerModel>("StandardScaler1"),
        files.Stage<LogisticRegressionModel>("LogisticRegression1"),
        files.Network("SpeciesNet", SpeciesNet.Load))
    {
        TestScores = files.Score("DeepAccuracy") is { } accuracy ? new Scores(accuracy, files.Score("LinearF1") ?? double.NaN) : null,
    });

    public void Dispose() => SpeciesNet.Dispose();
}
