using System.Collections.Generic;

namespace Dsl.Pipelines.Tests.HandWritten;

/// <content>The folder of a fitted pipeline, and rows from a CSV file.</content>
internal sealed partial class SpeciesPipeline
{
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

    public static IEnumerable<Penguin> ReadCsv(string path, CsvOptions? options = null) => CsvTable.Read(path, options, CsvColumns, static row => new Penguin(
        row.TextOrNull(0), row.Text(1), row.NumberOrNull<double>(2), row.NumberOrNull<double>(3), row.NumberOrNull<double>(4), row.Text(5)));

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
}
