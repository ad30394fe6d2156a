using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>Networks among the stages (DSL507-509), and labels among features (DSL514).</summary>
public sealed class NetworkTests
{
    private const string Networks = """
        [Model, Input(3), Linear(4), CrossEntropy, Adam] public partial class Four;
        [Model, Input(3), Linear(1), BinaryCrossEntropy, Adam] public partial class Two;
        [Model, Input(3), Linear(2), BinaryCrossEntropy, Adam] public partial class Many;
        [Model, Input(3), Linear(1), Hinge, Adam] public partial class Margin;
        [Model, Input(3), Linear(1), MeanSquaredError, Adam] public partial class Amount;
        [Model, Input(3), Linear(3), Huber, Adam] public partial class Amounts;
        [Model, Input(3), Linear(3), LogSoftmax, KLDivergence, Adam] public partial class Shares;
        [Model, Input(3), Linear(2), Expose("Encode"), Linear(3), Reconstruction, Adam] public partial class Auto;
        [Model, Input(3), Linear(1)] public partial class NoLoss;
        [Model, Input(3), Linear(1), MeanSquaredError] public partial class NoOptimizer;
        [Model, Input(4, 3), Linear(2), CrossEntropy, Adam] public partial class Steps;
        [Model, Input(2, 3), Flatten, Linear(4), CrossEntropy, Adam] public partial class Shaped;
        [Model, Tokens(5, Vocabulary = 10, Padding = 0), Embedding(4), LastStep, Linear(4), CrossEntropy, Adam] public partial class Words5;
        [Model, Tokens(5, Vocabulary = 10), Embedding(4), LastStep, Linear(4), CrossEntropy, Adam] public partial class Unpadded;
        [Model, Input(3, Name = "x"), Input(2, Name = "y"), Linear(2, From = "x"), Concat("y"), Linear(4), CrossEntropy, Adam] public partial class Both;
        [Model, Input({|DSL202:0|}), Linear(4), CrossEntropy, Adam] public partial class Wrong;
        public class NoModel;

        """;

    [Theory]
    [InlineData("Network<Four>(\"Three\", \"Whole\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\"), Network<Four>({|DSL507:\"V\"|}, \"Whole\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\", \"Three\", \"Flag\"), Network<Shaped>(\"V\", \"Whole\")")]
    [InlineData("Network<Shaped>({|DSL507:\"Three\"|}, \"Whole\")")]
    [InlineData("Network<Words5>({|DSL507:\"Three\"|}, \"Whole\")")]
    [InlineData("TokenIds(\"Words\", \"I\", 5, VocabSize = 10), Network<Words5>(\"I\", \"Whole\")")]
    [InlineData("TokenIds(\"Words\", \"I\", 4, VocabSize = 10), Network<Words5>({|DSL507:\"I\"|}, \"Whole\")")]
    [InlineData("TokenIds(\"Words\", \"I\", 5), Network<Words5>({|DSL507:\"I\"|}, \"Whole\")")]
    [InlineData("TokenIds(\"Words\", \"I\", 5, VocabSize = 10), Network<Unpadded>({|DSL507:\"I\"|}, \"Whole\")")]
    [InlineData("TokenIds(\"Words\", \"I\", 3, VocabSize = 10), Network<Four>({|DSL507:\"I\"|}, \"Whole\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\"), Network<Both>(new[] { \"Three\", \"V\" }, \"Whole\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\"), Network<Both>([\"Three\", {|DSL507:\"Three\"|}], \"Whole\")")]
    [InlineData("Network<Both>({|DSL507:\"Three\"|}, \"Whole\")")]
    [InlineData("Network<Four>({|DSL507:new[] { \"Three\", \"Three\" }|}, \"Whole\")")]
    public void Inputs(string attributes) => Check(attributes);

    [Theory]
    [InlineData("Network<Four>({|DSL508:\"Open\"|}, \"Whole\")")]
    [InlineData("StringIndexer(\"Text\", \"T\"), OneHotEncoder(\"T\", \"H\"), VectorAssembler(\"V\", \"A\", \"H\"), Network<Four>({|DSL508:\"V\"|}, \"Whole\")")]
    [InlineData("StringIndexer(\"Text\", \"T\"), OneHotEncoder(\"T\", \"H\", Size = 2), VectorAssembler(\"V\", \"A\", \"H\"), Network<Four>(\"V\", \"Whole\")")]
    [InlineData("StringIndexer(\"Text\", \"L\"), Network<Four>(\"Three\", {|DSL508:\"L\"|})")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 4), Network<Four>(\"Three\", \"L\")")]
    [InlineData("CountVectorizer(\"Words\", \"C\"), Network<Four>({|DSL508:\"C\"|}, \"Whole\")")]
    [InlineData("Network<Amounts>(\"Three\", {|DSL508:\"Open\"|})")]
    [InlineData("Network<Many>(\"Three\", {|DSL508:\"Open\"|}), Network<Shares>(\"Three\", {|DSL508:\"Open\"|}, Prediction = \"Q\")")]
    [InlineData("VarianceThresholdSelector(\"Three\", \"V\"), Network<Amounts>({|DSL508:\"V\"|}, \"Open\")")]
    [InlineData("StringIndexer(\"Text\", \"L\"), Network<Margin>(\"Three\", {|DSL508:\"L\"|}), Network<Two>(\"Three\", {|DSL508:\"L\"|}, Prediction = \"Q\")")]
    [InlineData("QuantileDiscretizer(\"A\", \"C\", 4), Network<Four>(\"Three\", \"C\")")]
    [InlineData("Map(\"Make\", \"M\"), Network<Four>({|DSL508:\"M\"|}, \"Whole\")")]
    [InlineData("Network<Four>({|DSL508:\"Open\"|}, \"Whole\", Trained = true)")]
    public void Known_only_after_fitting(string attributes) => Check(attributes);

    [Theory]
    [InlineData("Network<{|DSL509:NoModel|}>(\"Three\", \"Whole\")")]
    [InlineData("Network<{|DSL509:string|}>(\"Three\", \"Whole\")")]
    [InlineData("Network<{|DSL509:NoLoss|}>(\"Three\", \"A\")")]
    [InlineData("Network<{|DSL509:NoLoss|}>(\"Three\", Trained = true)")]
    [InlineData("Network<{|DSL509:NoOptimizer|}>(\"Three\", \"A\")")]
    [InlineData("Network<NoOptimizer>(\"Three\", Trained = true)")]
    [InlineData("Network<{|DSL509:Four|}>(\"Three\", \"Flag\")")]
    [InlineData("Network<{|DSL509:Four|}>(\"Three\", \"A\")")]
    [InlineData("Network<{|DSL509:Four|}>(\"Three\")")]
    [InlineData("Network<Two>(\"Three\", \"Flag\"), Network<{|DSL509:Two|}>(\"Three\", \"A\", Prediction = \"Q\")")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 3), Network<{|DSL509:Two|}>(\"Three\", \"L\"), Network<{|DSL509:Margin|}>(\"Three\", \"L\", Prediction = \"Q\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\"), Network<Many>(\"Three\", \"V\"), Network<{|DSL509:Many|}>(\"Three\", \"Whole\", Prediction = \"Q\")")]
    [InlineData("Network<Amount>(\"Three\", \"A\"), Network<{|DSL509:Amount|}>(\"Three\", \"Flag\", Prediction = \"Q\")")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 3), Network<{|DSL509:Amount|}>(\"Three\", \"L\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\"), Network<{|DSL509:Amounts|}>(\"Three\", \"V\"), Network<{|DSL509:Shares|}>(\"Three\", \"A\", Prediction = \"Q\")")]
    [InlineData("Network<Auto>(\"Three\", Code = \"C\"), Network<{|DSL509:Auto|}>(\"Three\", \"A\", Prediction = \"Q\")")]
    [InlineData("Network<Four>(\"Three\", {|DSL502:\"Text\"|})")]
    [InlineData("Network<Four>({|DSL502:\"A\"|}, {|DSL503:\"MaybeWhole\"|}), VectorAssembler(\"V\", {|DSL503:\"MaybeWhole\"|})")]
    [InlineData("Network<Wrong>(\"Three\", \"Whole\")")]
    [InlineData("VectorAssembler(\"V\", \"Three\", \"Three\", \"Three\", \"Three\"), Network<{|DSL509:Steps|}>(\"V\", \"Whole\")")]
    [InlineData("Network<Wrong>(\"Three\", \"Whole\"), StandardScaler(\"Probability\", \"S\"), KMeans(\"S\", Prediction = \"K\"), Evaluate(Metric.LogLoss, Prediction = \"Prediction\"), Select(\"Probability\", \"S\")")]
    [InlineData("Network<Wrong>(\"Three\", \"Whole\", Prediction = \"Deep\", Code = \"C\"), StandardScaler(\"DeepProbability\", \"S\"), StandardScaler(\"C\", \"T\"), IndexToString(\"Deep\", \"U\"), Map(\"Of\", \"M\")")]
    [InlineData("Network<{|DSL509:NoModel|}>(\"Three\", \"Whole\"), Network<{|DSL509:NoLoss|}>(\"Three\", \"Whole\", Prediction = \"Q\"), VectorAssembler(\"V\", \"Probability\", \"QProbability\"), DropColumns(\"Probability\")")]
    [InlineData("Network<Wrong>(\"Three\", \"Whole\"), NaiveBayes(\"Three\", \"Whole\", Prediction = \"Q\", Probability = \"Probability\"), Network<Wrong>(\"Three\", \"Whole\", Prediction = \"R\"), Tokenizer(\"Text\", \"rprobability\"), NGram(\"rprobability\", \"N\")")]
    [InlineData("Tokenizer(\"Text\", \"Probability\"), Network<Wrong>(\"Three\", \"Whole\"), NGram(\"Probability\", \"N\"), Network<Wrong>(\"Three\", \"Whole\", Prediction = \"Q\", Probability = \"Words\")")]
    [InlineData("SGDClassifier(\"Three\", \"Whole\", Loss = {|DSL515:(SgdLoss)9|}, Probability = \"Q\"), StandardScaler(\"Q\", \"S\")")]
    public void Loss_and_label(string attributes) => Check(attributes);

    [Theory]
    [InlineData("VectorAssembler(\"V\", \"A\", \"Whole\"), LogisticRegression({|DSL514:\"V\"|}, \"Whole\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"Whole\"), StandardScaler(\"V\", \"S\"), LinearRegression({|DSL514:\"S\"|}, \"A\")")]
    [InlineData("Binarizer(\"A\", \"C\"), VectorAssembler(\"V\", \"A\"), LogisticRegression({|DSL514:\"V\"|}, \"C\")")]
    [InlineData("StringIndexer(\"Text\", \"L\"), Tokenizer(\"Text\", \"T\"), HashingTF(\"T\", \"H\"), NaiveBayes({|DSL514:\"H\"|}, \"L\")")]
    [InlineData("NaiveBayes(\"Three\", \"Whole\", Prediction = \"First\"), VectorAssembler(\"V\", \"First\", \"A\"), NaiveBayes(\"V\", \"Whole\", Prediction = \"Second\")")]
    [InlineData("Imputer(\"MaybeA\"), VectorAssembler(\"V\", \"MaybeA\"), LinearRegression({|DSL514:\"V\"|}, \"MaybeA\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\"), Network<Amounts>({|DSL514:new[] { \"Three\" }|}, \"Three\")")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\"), UnivariateFeatureSelector({|DSL514:\"V\"|}, \"A\", \"W\", 1)")]
    [InlineData("Map(\"Sum\", \"C\"), VectorAssembler(\"V\", \"A\"), LinearRegression(\"V\", \"C\")")]
    public void The_label_is_not_among_the_features(string attributes) =>
        Piped.Rows($"[{attributes}]", "static double Sum(double a, double b) => a + b;", Networks);

    [Theory]
    [InlineData("VectorAssembler(\"V\", \"A\", \"B\", \"Three\"), StandardScaler(\"V\", \"S\"), Network<Four>({|DSL507:\"S\"|}, \"Whole\")", "Four gives input Input of Four a vector of 5, but it takes 3: V → S is A 1 + B 1 + Three 3 = 5")]
    [InlineData("VectorAssembler(\"V\", \"A\", \"Whole\"), StandardScaler(\"V\", \"S\"), LinearRegression({|DSL514:\"S\"|}, \"A\")", "LinearRegression1 has its label A among its features: A → V → S")]
    [InlineData("Network<{|DSL509:Four|}>(\"Three\", \"Flag\")", "Four needs 4 classes for CrossEntropy of Four, as many as its outputs, but Flag has 2")]
    public void Messages(string attributes, string message) =>
        Assert.Equal(message, Assert.Single(Piped.Rows($"[{attributes}]", others: Networks.Replace("[Model, Input({|DSL202:0|}), Linear(4), CrossEntropy, Adam] public partial class Wrong;", "", System.StringComparison.Ordinal))).GetMessage());

    // Fit takes a parameter of its name beside those that it always has.
    [Theory]
    [InlineData("Name = \"Rows\"", "Name = \"rows\"", "Name = \"Options\"", "Name = \"progress\"")]
    [InlineData("Name = \"cancellationToken\"", "Name = \"Net\"", "Name = \"net\"", "Name = \"Class\"")]
    [InlineData("Name = {|DSL110:\"a b\"|}", "Name = {|DSL110:\"\"|}", "Name = {|DSL110:\"Fit\"|}", "Name = {|DSL107:\"Fourth\"|}")]
    public void A_trained_network_may_be_called_as_a_parameter_of_Fit(string first, string second, string third, string fourth) => Piped.Rows(
        $"[Network<NoOptimizer>(\"Three\", Trained = true, Name = \"Fourth\", Prediction = \"P0\"), Network<NoOptimizer>(\"Three\", Trained = true, {first}, Prediction = \"P1\")]\n"
            + $"[Network<NoOptimizer>(\"Three\", Trained = true, {second}, Prediction = \"P2\"), Network<NoOptimizer>(\"Three\", Trained = true, {third}, Prediction = \"P3\")]\n"
            + $"[Network<NoOptimizer>(\"Three\", \"A\", Trained = true, {fourth}, Prediction = \"P4\"), CrossValidate(Metric.Rmse, Prediction = \"P4\")]",
        others: "[Model, Input(3), Linear(1), MeanSquaredError] public partial class NoOptimizer;");

    [Fact]
    public void A_network_of_another_assembly()
    {
        Microsoft.CodeAnalysis.MetadataReference other = Compiling.Reference("Other", "using Dsl; namespace Far; [Model, Input(3), Linear(4), CrossEntropy, Adam] public partial class Net { public void Predict() { } }");
        Marked.Verify([Piped.Runtime, other], "[Pipeline<Row>, Network<Far.Net>(\"Three\", \"Whole\"), VectorAssembler(\"V\", \"A\", \"B\"), Network<Far.Net>({|DSL507:\"V\"|}, \"Whole\", Prediction = \"Q\")] public partial class P;\n" + Piped.Row);
    }

    private static void Check(string attributes) => Piped.Rows($"[{attributes}]", "static double[] Make(double a) => [a]; static double Of(Vector deepProbability, double deep) => deep;", Networks);
}
