using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>What stages say of the columns that they read and make: DSL501 to DSL505, DSL512, each at its place.</summary>
public sealed class ColumnTests
{
    private const string Tree = "VectorAssembler(\"V\", \"A\", \"B\"), DecisionTreeClassifier(\"V\", \"Whole\")";

    [Theory]
    [InlineData("[VectorAssembler(\"V\", \"A\", {|DSL501:\"Bb\"|})]")]
    [InlineData("[VectorAssembler(\"V\", inputs: [\"A\", {|DSL501:\"b\"|}])]")]
    [InlineData("[StandardScaler({|DSL501:\"V\"|}, \"S\"), VectorAssembler(\"V\", \"A\")]")]
    [InlineData("[StandardScaler(output: \"S\", input: {|DSL501:\"Thre\"|})]")]
    [InlineData("[DropNulls({|DSL501:\"Nothing\"|})]")]
    [InlineData("[Split(Stratify = {|DSL501:\"Nothing\"|})]")]
    [InlineData("[KMeans(\"Three\", Weight = {|DSL501:\"Nothing\"|})]")]
    [InlineData("[Select(\"A\", {|DSL501:\"Nothing\"|}), VectorAssembler(\"V\", \"A\")]")]
    [InlineData("[DropColumns({|DSL501:\"Nothing\"|}), VectorAssembler(\"V\", \"A\")]")]
    [InlineData("[" + Tree + ", Evaluate(Metric.Accuracy, Prediction = {|DSL501:\"Predicton\"|})]")]
    [InlineData("[" + Tree + ", CrossValidate(Metric.Accuracy, Prediction = {|DSL501:\"Predicton\"|})]")]
    [InlineData("[" + Tree + ", CrossValidate(Metric.Accuracy, Stratify = {|DSL501:\"V\"|})]")]
    [InlineData("[" + Tree + ", SelectByImportance(\"V\", \"W\", 1, From = {|DSL501:\"Tree1\"|})]")]
    [InlineData("[{|DSL501:SelectByImportance(\"Three\", \"W\", 1)|}]")]
    [InlineData("[FeatureHasher(\"H\", \"A\", \"Text\", CategoricalCols = new[] { \"A\", {|DSL501:\"B\"|} })]")]
    public void Unknown(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[StandardScaler(\"Thre\", \"S\")]", "StandardScaler1 reads Thre, but there is no such column here: did you mean Three?")]
    [InlineData("[StandardScaler(\"V\", \"S\"), VectorAssembler(\"V\", \"A\")]", "StandardScaler1 reads V, which VectorAssembler1 makes only later")]
    [InlineData("[StandardScaler(\"A\", \"S\")]", "StandardScaler1 needs a vector, but A is a number (double): VectorAssembler makes one")]
    [InlineData("[Tokenizer(\"Words\", \"T\")]", "Tokenizer1 needs text, but Words is tokens (string[]): Map makes it")]
    [InlineData("[KMeans(\"Text\")]", "KMeans1 needs a vector, but Text is text (string): StringIndexer and OneHotEncoder make one, or Tokenizer and HashingTF")]
    [InlineData("[NaiveBayes(\"Three\", \"A\")]", "NaiveBayes1 needs classes: a class number, a flag or a whole number, but A is a number (double): a whole type, StringIndexer, Binarizer or Bucketizer makes them")]
    [InlineData("[VectorAssembler(\"V\", \"MaybeA\")]", "VectorAssembler1 takes no null, but MaybeA may be null (a number (double?)): put Imputer or DropNulls before it")]
    [InlineData("[Tokenizer(\"Text\", \"a\")]", "Tokenizer1 cannot make a: there is a column A, which differs in case alone: Spark does not tell them apart")]
    [InlineData("[VectorAssembler(\"V\", \"Pay\")]", "VectorAssembler1 cannot read Pay, which is sensitive: Mask makes a column of it that is not")]
    public void Messages(string attributes, string message) =>
        Assert.Equal(message, Assert.Single(Compiling.Analyze(Compiling.Compile("Test", [$"using Dsl; [Pipeline<Row>] {attributes} partial class P; {Piped.Row}"], [Piped.Runtime]))).GetMessage());

    [Theory]
    [InlineData("[VectorAssembler(\"V\", {|DSL502:\"Text\"|}, {|DSL502:\"Words\"|}, {|DSL502:\"Time\"|}, \"Flag\", \"Whole\", \"Three\")]")]
    [InlineData("[StringIndexer({|DSL502:\"Flag\"|}, \"L\"), StringIndexer(\"A\", \"M\"), StringIndexer(\"Text\", \"N\")]")]
    [InlineData("[OneHotEncoder({|DSL502:\"Text\"|}, \"V\")]")]
    [InlineData("[IndexToString({|DSL502:\"A\"|}, \"T\"), IndexToString(\"B\", \"U\", Labels = [\"x\"])]")]
    [InlineData("[Imputer(\"A\", {|DSL502:\"Text\"|}), Imputer(\"Text\", \"Flag\", \"Whole\", Strategy = Imputation.Mode)]")]
    [InlineData("[Binarizer({|DSL502:\"Text\"|}, \"C\"), Binarizer(\"Three\", \"D\")]")]
    [InlineData("[Tokenizer({|DSL502:\"Words\"|}, \"T\"), NGram({|DSL502:\"Text\"|}, \"N\"), HashingTF({|DSL502:\"Text\"|}, \"H\")]")]
    [InlineData("[IDF({|DSL502:\"Words\"|}, \"I\"), PCA({|DSL502:\"A\"|}, \"P1\", 1), VectorSlicer({|DSL502:\"A\"|}, \"S\", 0)]")]
    [InlineData("[Interaction(\"I\", \"A\", {|DSL502:\"Flag\"|}, \"Three\")]")]
    [InlineData("[FeatureHasher(\"H\", \"A\", \"Flag\", \"Text\", {|DSL502:\"Words\"|})]")]
    [InlineData("[Mask({|DSL502:\"Words\"|}, \"M\", Masking.Hash), Mask({|DSL502:\"Text\"|}, \"N\", Masking.Bucket, Width = 1), Mask(\"Words\", \"O\", Masking.Redact)]")]
    [InlineData("[Split(Stratify = {|DSL502:\"A\"|})]")]
    [InlineData("[LogisticRegression({|DSL502:\"A\"|}, {|DSL502:\"B\"|}, Weight = {|DSL502:\"Text\"|})]")]
    [InlineData("[StringIndexer(\"Text\", \"L\"), LinearRegression(\"Three\", {|DSL502:\"L\"|})]")]
    [InlineData("[StringIndexer(\"Text\", \"L\", Classes = 3), LinearSVC(\"Three\", {|DSL502:\"L\"|}), GBTClassifier(\"Three\", {|DSL502:\"L\"|}, Prediction = \"Boost\")]")]
    [InlineData("[VectorAssembler(\"V\", \"A\"), DecisionTreeClassifier(\"V\", \"Whole\"), SelectByImportance({|DSL502:\"Three\"|}, \"W\", 1)]")]
    [InlineData("[KMeans(\"Three\"), CrossValidate(Metric.Silhouette, Stratify = {|DSL502:\"A\"|})]")]
    public void Wrong_kind(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[VectorAssembler(\"V\", \"A\", {|DSL503:\"MaybeA\"|})]")]
    [InlineData("[VectorAssembler(\"V\", \"A\", \"MaybeA\", HandleInvalid = HandleInvalid.Keep)]")]
    [InlineData("[VectorAssembler(\"V\", \"MaybeA\", HandleInvalid = HandleInvalid.Skip)]")]
    [InlineData("[Imputer(\"MaybeA\"), VectorAssembler(\"V\", \"MaybeA\")]")]
    [InlineData("[DropNulls(\"MaybeA\"), VectorAssembler(\"V\", \"MaybeA\")]")]
    [InlineData("[DropNulls, VectorAssembler(\"V\", \"MaybeA\", \"MaybeWhole\")]")]
    [InlineData("[StringIndexer({|DSL503:\"MaybeText\"|}, \"L\"), StringIndexer(\"MaybeText\", \"M\", HandleInvalid = HandleInvalid.Keep)]")]
    [InlineData("[Tokenizer({|DSL503:\"MaybeText\"|}, \"T\")]")]
    [InlineData("[FeatureHasher(\"H\", \"MaybeA\", \"MaybeText\")]")]
    [InlineData("[Bucketizer({|DSL503:\"MaybeA\"|}, \"C\", 0, 1, 2), Bucketizer(\"MaybeA\", \"D\", new double[] { 0, 1, 2 }, HandleInvalid = HandleInvalid.Skip)]")]
    [InlineData("[Mask(\"MaybeText\", \"M\", Masking.Hash), Tokenizer({|DSL503:\"M\"|}, \"T\")]")]
    [InlineData("[StringIndexer(\"MaybeText\", \"L\"), LogisticRegression(\"Three\", \"L\")]")]
    [InlineData("[Split(Stratify = \"MaybeText\"), LogisticRegression(\"Three\", \"MaybeWhole\")]")]
    [InlineData("[VectorAssembler(\"V\", {|DSL503:\"MaybeWhole\"|}), LogisticRegression(\"Three\", {|DSL503:\"MaybeWhole\"|})]")]
    public void May_be_null(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[Tokenizer(\"Text\", {|DSL504:\"Text\"|})]")]
    [InlineData("[Tokenizer(\"Text\", {|DSL504:\"text\"|})]")]
    [InlineData("[Tokenizer(\"Text\", \"T\"), Tokenizer(\"Other\", {|DSL504:\"t\"|})]")]
    [InlineData("[KMeans(\"Three\"), {|DSL504:KMeans(\"Three\")|}]")]
    [InlineData("[KMeans(\"Three\", Prediction = {|DSL504:\"Secret\"|})]")]
    [InlineData("[NaiveBayes(\"Three\", \"Whole\", Prediction = \"P1\", Probability = {|DSL504:\"P1\"|})]")]
    [InlineData("[Tokenizer(\"Text\", \"DeepProbability\"), {|DSL504:NaiveBayes(\"Three\", \"Whole\", Prediction = \"Deep\")|}]")]
    [InlineData("[Select(\"A\", {|DSL504:\"A\"|}), Tokenizer(\"Text\", \"T\")]")]
    public void Exists(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[VectorAssembler(\"V\", {|DSL505:\"Id\"|})]")]
    [InlineData("[Mask({|DSL505:\"Id\"|}, \"M\", Masking.Redact)]")]
    [InlineData("[KMeans(\"Three\"), CrossValidate(Metric.Silhouette, Stratify = {|DSL505:\"Id\"|})]")]
    [InlineData("[Select(\"Id\", \"A\"), Tokenizer(\"Text\", \"T\")]")]
    [InlineData("[DropColumns(\"Id\"), Tokenizer(\"Text\", \"T\")]")]
    public void Only_carried(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[VectorAssembler(\"V\", \"A\", {|DSL512:\"Pay\"|})]")]
    [InlineData("[Tokenizer({|DSL512:\"Secret\"|}, \"T\")]")]
    [InlineData("[Select(\"A\", {|DSL512:\"Pay\"|}), Tokenizer(\"Text\", \"T\")]")]
    [InlineData("[Split(Stratify = {|DSL512:\"Secret\"|})]")]
    [InlineData("[KMeans(\"Three\"), CrossValidate(Metric.Silhouette, Stratify = {|DSL512:\"Secret\"|})]")]
    [InlineData("[Mask(\"Secret\", \"M\", Masking.Hash), Tokenizer(\"M\", \"T\")]")]
    [InlineData("[Imputer(\"Pay\"), VectorAssembler(\"V\", {|DSL512:\"Pay\"|})]")]
    [InlineData("[DropNulls(\"Secret\"), Mask(\"Secret\", \"M\", Masking.Redact)]")]
    [InlineData("[Map(\"F\", \"Double\"), VectorAssembler(\"V\", {|DSL512:\"Double\"|})]")]
    public void Sensitive(string attributes) => Piped.Rows(attributes, "static double F(double pay) => 2 * pay;");

    [Fact]
    public void The_way_of_a_sensitive_column_is_told() => Assert.Equal(
        "VectorAssembler1 cannot read Twice, which is sensitive (Pay → Double → Twice): Mask makes a column of it that is not",
        Piped.Message("[Map(\"F\", \"Double\"), Map(\"G\", \"Twice\"), VectorAssembler(\"V\", {|DSL512:\"Twice\"|})]", "static double F(double pay) => pay; static double G(double @double) => @double;"));

    [Theory]
    [InlineData("[Map({|DSL506:\"Nothing\"|}, \"M\"), StandardScaler(\"M\", \"S\"), KMeans(\"S\"), IndexToString(\"Prediction\", \"T\")]")]
    [InlineData("[StandardScaler({|DSL502:\"A\"|}, \"S\"), Normalizer(\"S\", \"N\"), NaiveBayes(\"N\", \"Whole\"), StringIndexer(\"Prediction\", \"L\"), Evaluate(Metric.Rmse)]")]
    [InlineData("[Imputer(\"MaybeA\", {|DSL502:\"Text\"|}), VectorAssembler(\"V\", \"MaybeA\", \"Text\"), Tokenizer(\"Text\", \"T\")]")]
    public void What_follows_a_wrong_column_is_silent(string attributes) => Piped.Rows(attributes);

    [Theory]
    [InlineData("[Nothing(\"A\", \"B2\"), StandardScaler(\"B2\", \"S\"), KMeans(\"S\")]")]
    [InlineData("[StandardScaler(), StandardScaler(\"X\", \"S\"), KMeans(\"S\"), StringIndexer(\"MaybeText\", \"L\")]")]
    [InlineData("[StandardScaler(\"X\"]")]
    public void Half_typed_ones_say_nothing(string attributes) => Piped.Rows(attributes);
}
