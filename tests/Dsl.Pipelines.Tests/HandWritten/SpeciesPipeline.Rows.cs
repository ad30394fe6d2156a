using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Tests.HandWritten;

/// <content>Rows through the fitted stages: one straight through, many column by column, and their scores.</content>
internal sealed partial class SpeciesPipeline
{
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
}
