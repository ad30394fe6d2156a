using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>Scores (DSL510, DSL515, DSL107, DSL110) and the grid (DSL511, DSL515).</summary>
public sealed class TuningTests
{
    private const string Two = "LogisticRegression(\"Three\", \"Flag\")";

    [Theory]
    [InlineData("Tokenizer(\"Text\", \"T\"), Evaluate({|DSL510:Metric.Accuracy|})")]
    [InlineData("Tokenizer(\"Text\", \"T\"), CrossValidate({|DSL510:Metric.Accuracy|}, Prediction = \"X\")")]
    [InlineData(Two + ", Evaluate({|DSL510:Metric.Rmse|}), Evaluate({|DSL510:Metric.Silhouette|}), Evaluate(Metric.AreaUnderRoc), Evaluate(Metric.LogLoss)")]
    [InlineData("LinearRegression(\"Three\", \"A\"), Evaluate(Metric.R2), Evaluate({|DSL510:Metric.F1|}), CrossValidate({|DSL510:Metric.LogLoss|})")]
    [InlineData("KMeans(\"Three\"), Evaluate(Metric.Silhouette), Evaluate({|DSL510:Metric.Accuracy|})")]
    [InlineData("LinearSVC(\"Three\", \"Flag\"), Evaluate(Metric.AreaUnderPr), Evaluate({|DSL510:Metric.LogLoss|})")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 3), NaiveBayes(\"Three\", \"L\"), Evaluate({|DSL510:Metric.AreaUnderRoc|})")]
    [InlineData(Two + ", Evaluate(Metric.Accuracy, Class = {|DSL510:1|}), Evaluate(Metric.F1, Class = 1), Evaluate(Metric.Recall, Class = {|DSL515:2|}), Evaluate(Metric.Precision, Class = {|DSL515:-2|})")]
    [InlineData(Two + ", KMeans(\"Three\", Prediction = \"K\"), {|DSL510:Evaluate(Metric.Accuracy)|}, Evaluate(Metric.Silhouette, Prediction = \"K\")")]
    [InlineData(Two + ", Evaluate({|DSL515:(Metric)99|})")]
    [InlineData(Two + ", Evaluate(Metric.F1), {|DSL107:Evaluate(Metric.F1)|}, Evaluate(Metric.F1, Name = \"Mine\"), Evaluate(Metric.Accuracy, Name = {|DSL107:\"Mine\"|})")]
    [InlineData(Two + ", Evaluate(Metric.F1, Name = {|DSL110:\"no name\"|}), Evaluate(Metric.F1, Name = {|DSL110:\"Scores\"|}), Evaluate(Metric.Accuracy, Name = {|DSL110:\"class\"|}), Evaluate(Metric.Recall, Name = {|DSL110:\"GetHashCode\"|})")]
    [InlineData(Two + ", CrossValidate(Metric.Accuracy, Folds = {|DSL515:1|}, Repeats = {|DSL515:0|}, Stratify = \"Flag\")")]
    [InlineData(Two + ", CrossValidate(Metric.Accuracy), {|DSL112:CrossValidate(Metric.F1)|}")]
    [InlineData("LogisticRegression({|DSL502:\"A\"|}, \"Flag\"), Evaluate(Metric.Rmse), CrossValidate(Metric.Silhouette, Class = {|DSL510:1|})")]
    [InlineData("Network<Given>(\"Three\", Trained = true), Evaluate({|DSL510:Metric.Mae|})")]
    public void Scores(string attributes) => Piped.Rows($"[{attributes}]", others: "[Model, Input(3), Linear(1), MeanSquaredError] public partial class Given;");

    [Theory]
    [InlineData("Grid(\"LogisticRegression1.RegParam\", 0.01, 1, 2f, 3L)")]
    [InlineData("Grid({|DSL511:\"LogisticRegression2.RegParam\"|}, 1)")]
    [InlineData("Grid({|DSL511:\"LogisticRegression1.Regparam\"|}, 1)")]
    [InlineData("Grid({|DSL511:\"LogisticRegression1\"|}, 1)")]
    [InlineData("Grid({|DSL511:\"LogisticRegression1.Prediction\"|}, \"X\")")]
    [InlineData("Grid({|DSL511:\"LogisticRegression1.Name\"|}, \"X\")")]
    [InlineData("Grid({|DSL511:\"Split1.Train\"|}, 0.5)")]
    [InlineData("Grid({|DSL511:\"TokenIds1.VocabSize\"|}, 5), Grid({|DSL511:\"OneHotEncoder1.Size\"|}, 5), Grid({|DSL511:\"StringIndexer1.Classes\"|}, 5), Grid({|DSL511:\"Net.Trained\"|}, true)")]
    [InlineData("Grid(\"LogisticRegression1.RegParam\", 1), Grid({|DSL511:\"LogisticRegression1.RegParam\"|}, 2)")]
    [InlineData("Grid(\"LogisticRegression1.RegParam\", {|DSL511:\"x\"|}, {|DSL511:true|}, {|DSL511:null|}, {|DSL515:-1|}, 1)")]
    [InlineData("Grid(\"LogisticRegression1.MaxIter\", 1, {|DSL511:1.0|}, {|DSL515:-1|}, 3L)")]
    [InlineData("Grid(\"LogisticRegression1.FitIntercept\", true, {|DSL511:1|}), Grid(\"LogisticRegression1.Family\", LogisticFamily.Auto, {|DSL511:1|}, {|DSL511:TreeImpurity.Gini|}, {|DSL515:(LogisticFamily)7|})")]
    [InlineData("Grid(\"Net.LearningRate\", 1e-3, {|DSL515:0|}), Grid(\"Net.Epochs\", 5, {|DSL515:0|}), Grid(\"Net.Seed\", 5, {|DSL511:-1|})")]
    [InlineData("Grid(\"RandomForestClassifier1.FeatureSubsetStrategy\", \"sqrt\", {|DSL515:\"some\"|}, {|DSL511:3|}), Grid(\"RandomForestClassifier1.MaxDepth\", {|DSL515:31|})")]
    [InlineData("{|DSL511:Grid(\"LogisticRegression1.RegParam\")|}")]
    public void Grid(string attributes) => Piped.Rows(
        $"[Split, TokenIds(\"Words\", \"I\", 3), StringIndexer(\"Text\", \"L\", Classes = 3), OneHotEncoder(\"L\", \"H\"), VectorAssembler(\"V\", \"H\", \"A\"), Select(\"I\", \"V\"), LogisticRegression(\"Three\", \"Flag\")]\n"
            + $"[Network<Net>(\"Three\", \"Whole\", Prediction = \"Deep\"), RandomForestClassifier(\"Three\", \"Whole\", Prediction = \"Forest\"), CrossValidate(Metric.Accuracy, Prediction = \"Deep\"), {attributes}]",
        others: "[Model, Input(3), Linear(4), CrossEntropy, Adam] public partial class Net;");

    [Fact]
    public void A_grid_varies_what_stands_behind_Split() => Piped.Rows(
        "[Tokenizer(\"Text\", \"T\"), HashingTF(\"T\", \"H\", NumFeatures = 3), Split, VectorAssembler(\"V\", \"H\", \"A\"), Select(\"V\"), LogisticRegression(\"V\", \"Flag\")]\n"
            + "[CrossValidate(Metric.Accuracy), Grid({|DSL511:\"HashingTF1.NumFeatures\"|}, 4), Grid(\"VectorAssembler1.HandleInvalid\", HandleInvalid.Skip)]");

    [Fact]
    public void A_grid_gives_no_value_that_the_option_refuses() => Piped.Rows(
        "[StringIndexer(\"Text\", \"L\", Classes = 3), OneHotEncoder(\"L\", \"H\"), LogisticRegression(\"H\", \"Flag\"), CrossValidate(Metric.Accuracy), Grid(\"OneHotEncoder1.HandleInvalid\", HandleInvalid.Keep, {|DSL515:HandleInvalid.Skip|})]");

    [Fact]
    public void A_size_that_a_grid_varies_is_known_at_each_point() => Piped.Rows(
        "[Tokenizer(\"Text\", \"T\"), HashingTF(\"T\", \"H\", NumFeatures = 3), Network<Net>(\"H\", \"Flag\"), CrossValidate(Metric.Accuracy), Grid(\"HashingTF1.NumFeatures\", 3, {|DSL515:4|})]",
        others: "[Model, Input(3), Linear(2), CrossEntropy, Adam] public partial class Net;");

    // A fold that disposed it would leave the best pipeline without its network.
    [Theory]
    [InlineData("Network<Net>(\"Three\", \"Flag\", Name = \"First\", Prediction = \"Q\"), Split, Network<Net>(\"Three\", \"Flag\", Name = \"Second\")", "made.Second;", "made.First;")]
    [InlineData("Split, Network<Net>(\"Three\", \"Flag\", Name = \"First\", Prediction = \"Q\"), Network<Net>(\"Three\", \"Flag\", Name = \"Second\")", "using P made", "made.First;")]
    public void A_fold_disposes_the_networks_that_it_has_fitted(string attributes, string disposed, string kept)
    {
        string text = Piped.Generated(Compiling.Compile(
            "Test", [$"using Dsl; [Pipeline<Row>, {attributes}, CrossValidate(Metric.Accuracy, Prediction = \"Prediction\")] public partial class P; [Model, Input(3), Linear(2), CrossEntropy, Adam] public partial class Net; {Piped.Row}"], [Piped.Runtime]));
        Assert.Contains(disposed, text, System.StringComparison.Ordinal);
        Assert.DoesNotContain(kept, text, System.StringComparison.Ordinal);
        Assert.Equal(disposed != "made.Second;", text.Contains("using P made", System.StringComparison.Ordinal));
    }

    // Its classes are known only after fitting, by the stage that made it and not by the one that dropped its nulls.
    [Theory]
    [InlineData("DropNulls(\"C\")")]
    [InlineData("DropNulls, DropNulls(\"C\", \"C\")")]
    public void A_class_number_whose_nulls_were_dropped_may_interact(string drops) => Piped.Rows($"[QuantileDiscretizer(\"A\", \"C\", 4), {drops}, Interaction(\"I\", \"C\", \"Three\")]");

    [Fact]
    public void A_grid_needs_cross_validation() => Piped.Rows("[LogisticRegression(\"Three\", \"Flag\"), {|DSL511:Grid(\"LogisticRegression1.RegParam\", 1)|}]");
}
