using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Tests.Stages;
using Xunit;

namespace Dsl.Pipelines.Tests.Text;

/// <summary>Stages from tokens to vectors and ids beside Spark MLlib's: bit for bit.</summary>
public sealed class VectorizerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_with_an_element_are_counted_in_parts(bool sparse)
    {
        // Several blocks, and many more elements than there are counts.
        double[][] x = [.. Enumerable.Range(0, 9000).Select(row => new[] { row % 2, row % 3 == 0 ? -1.0 : 0, 0, row == 8999 ? 5 : 0, 1 })];
        ColumnBatch batch = new(["X"], x.Length, 0);
        batch.Set(0, Batches.Rows(x, sparse));
        long[] counted = Batches.WithOneAndTwoThreads(() => IDFModel.Fit(Batches.Step("IDF1"), batch, 0, 0).DocFreq.ToArray());
        Assert.Equal([4500, 0, 0, 1, 9000], counted);
    }

    private static readonly string[][] Documents = TextFigures.Of<string[][]>("documents");

    [FactWithSentences]
    public void Sentences_become_the_bits_of_MLlib()
    {
        string[] sentences = TextFigures.Sentences!;
        JsonElement wanted = TextFigures.Part("sentences");
        Assert.Equal(wanted.GetProperty("rows").GetInt32(), sentences.Length);
        ColumnBatch batch = new(["Text", "Words", "TF", "TfIdf", "Counts"], sentences.Length, 0);
        batch.Set(0, sentences);
        TokenizerStage.Transform("Tokenizer1", batch, 0, 1);
        HashingTFStage.Transform("HashingTF1", batch, 1, 2, 262144, false);
        Assert.Equal(wanted.GetProperty("tf").GetString(), TextFigures.Digest(Vectors(batch, 2)));
        IDFModel.Fit(Batches.Step("IDF1"), batch, 2, 0).Transform(batch, 2, 3);
        Assert.Equal(wanted.GetProperty("tfidf").GetString(), TextFigures.Digest(Vectors(batch, 3)));
        CountVectorizerModel counted = CountVectorizerModel.Fit(Batches.Step("CountVectorizer1"), batch, 1, 2000, 3, long.MaxValue, 1, false);
        Assert.Equal(wanted.GetProperty("vocabulary").GetString(), TextFigures.Digest(counted.Vocabulary));
        counted.Transform(batch, 1, 4);
        Assert.Equal(wanted.GetProperty("counts").GetString(), TextFigures.Digest(Vectors(batch, 4)));
    }

    [Fact]
    public void Vocabularies_and_counts_are_those_of_MLlib()
    {
        foreach (JsonElement figure in TextFigures.Part("vocabularies").EnumerateArray())
        {
            FigureOptions options = figure.GetProperty("options").Deserialize<FigureOptions>()!;
            CountVectorizerModel model = Counted(options);
            Assert.Equal(figure.GetProperty("vocabulary").Deserialize<string[]>()!, model.Vocabulary);
            Vector[] wanted = [.. figure.GetProperty("counts").Deserialize<double[][][]>()!.Select(pairs => TextFigures.Sparse(model.Size, pairs))];
            CountVectorizerModel read = Copy(model);
            for (int i = 0; i < Documents.Length; i++)
            {
                Assert.Equal(wanted[i], model.Transform(Documents[i]));
                Assert.Equal(wanted[i], read.Transform(Documents[i]));
            }

            Assert.Equal(wanted, InBatches(model.Transform));
        }
    }

    [Fact]
    public void Elements_are_called_by_their_terms()
    {
        ColumnBatch batch = Batch();
        CountVectorizerModel model = Counted([]);
        model.Transform(batch, 0, 1);
        Assert.Equal("Out_b", batch.ElementsOf(1)[0]);
        Assert.Equal("vocabulary of 8: b, a, , c, 𝔸, ﬀ, d, e", model.Describe());
    }

    [Fact]
    public void Weights_of_terms_are_those_of_MLlib()
    {
        ColumnBatch batch = Batch();
        Counted([]).Transform(batch, 0, 1);
        foreach (JsonElement figure in TextFigures.Part("idf").EnumerateArray())
        {
            IDFModel model = IDFModel.Fit(Batches.Step("IDF1"), batch, 1, figure.GetProperty("minDocFreq").GetInt32());
            Assert.Equal(figure.GetProperty("idf").Deserialize<double[]>()!, model.Idf.ToArray());
            Assert.Equal(figure.GetProperty("docFreq").Deserialize<long[]>()!, model.DocFreq);
            Assert.Equal(figure.GetProperty("numDocs").GetInt64(), model.NumDocs);
            Vector[] wanted = [.. figure.GetProperty("tfidf").Deserialize<double[][][]>()!.Select(pairs => TextFigures.Sparse(model.Idf.Size, pairs))];
            IDFModel read = Copy(model);
            ColumnBatch again = Batch();
            again.Set(0, batch.Vectors(1));
            Assert.Equal(wanted, Batches.WithOneAndTwoThreads(() =>
            {
                model.Transform(again, 0, 1);
                return Vectors(again, 1).ToArray();
            }));
            double[] dense = new double[model.Idf.Size];
            for (int row = 0; row < wanted.Length; row++)
            {
                Assert.Equal(wanted[row], model.Transform(batch.VectorAt(1, row)));
                read.Transform(batch.VectorAt(1, row).ToArray(), dense);
                Assert.Equal(wanted[row].ToArray(), dense);
            }
        }

        IDFModel one = IDFModel.Fit(Batches.Step("IDF1"), batch, 1, 0);
        Assert.True(one.Transform(Counted([]).Transform(Documents[0])).IsSparse);
        Assert.StartsWith("5 rows; weights 0.", one.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hashed_tokens_stay_sparse_and_binary_where_asked()
    {
        Vector counts = HashingTFStage.Transform("HashingTF1", ["a", "b", "a", ""], 262144, false);
        Assert.True(counts.IsSparse);
        Assert.Equal([2, 1, 1], counts.Values.ToArray().OrderDescending());
        Assert.Equal([1.0, 1, 1], HashingTFStage.Transform("HashingTF1", ["a", "b", "a", ""], 262144, true).Values.ToArray());
        Assert.Equal(0, HashingTFStage.Transform("HashingTF1", [], 16, false).Values.Length);
        string[] many = [.. Enumerable.Range(0, 1000).Select(i => new string((char)('a' + (i % 26)), 1 + (i % 300)))];
        Vector long1 = HashingTFStage.Transform("HashingTF1", many, 97, false);
        Assert.Equal(1000, long1.Values.ToArray().Sum());
        Assert.Equal(
            Documents.Select(document => HashingTFStage.Transform("HashingTF1", document, 7, true)),
            InBatches((batch, input, output) => HashingTFStage.Transform("HashingTF1", batch, input, output, 7, true)));
    }

    [Fact]
    public void Mixed_columns_hash_as_those_of_MLlib()
    {
        HashedKind[] kinds = [HashedKind.Number, HashedKind.Flag, HashedKind.Text, HashedKind.Category, HashedKind.WholeCategory];
        string[] names = ["real", "flag", "name", "sex", "rank"];
        bool[] third = [false, false, true, false];
        foreach (JsonElement figure in TextFigures.Part("hasher").EnumerateArray())
        {
            int size = figure.GetProperty("numFeatures").GetInt32();
            Vector[] wanted = [.. figure.GetProperty("vectors").Deserialize<double[][][]>()!.Select(pairs => TextFigures.Sparse(size, pairs))];
            FeatureHasherStage stage = new("FeatureHasher1", size, names, kinds);
            Assert.Equal(wanted, Batches.WithOneAndTwoThreads(() =>
            {
                ColumnBatch batch = new([.. names, "Out"], 4, 0);
                batch.Set(0, [2.5, -1, double.NaN, 0], third);
                batch.Set(1, [1, 0, double.NaN, 1.0], third);
                batch.Set<string?>(2, ["foo", "", null, "ü"]);
                batch.Set(3, [2, 0.0001, double.NaN, 12345678.9], third);
                batch.Set(4, [3, 10000000, double.NaN, 0.0], third);
                stage.Transform(batch, [0, 1, 2, 3, 4], 5);
                return Vectors(batch, 5).ToArray();
            }));
            Assert.Equal(wanted[0], HashedRow(stage, 2.5, true, "foo", 2, 3));
            Assert.Equal(wanted[2], HashedRow(stage, null, null, null, null, null));
        }

        FeatureHasherStage single = new("FeatureHasher1", 262144, ["x"], [HashedKind.SingleCategory]);
        FeatureHasherStage text = new("FeatureHasher1", 262144, ["x"], [HashedKind.Text]);
        Assert.Equal(OneText(text, "0.1"), OneNumber(single, 0.1f));
        Assert.Throws<ArgumentException>(() => new FeatureHasherStage("FeatureHasher1", 4, ["x"], []));
    }

    [Fact]
    public void Columns_without_categories_and_of_categories_alone_hash_as_those_of_MLlib()
    {
        string[] names = ["real", "flag", "name", "sex", "rank"];
        foreach (JsonElement figure in TextFigures.Part("hasherOfEdges").EnumerateArray())
        {
            bool all = figure.GetProperty("categoricalCols").GetArrayLength() > 0;
            HashedKind[] kinds = all
                ? [HashedKind.Category, HashedKind.Flag, HashedKind.Text, HashedKind.Category, HashedKind.WholeCategory]
                : [HashedKind.Number, HashedKind.Flag, HashedKind.Text, HashedKind.Number, HashedKind.Number];
            FeatureHasherStage stage = new("FeatureHasher1", 1000, names, kinds);
            JsonElement wanted = figure.GetProperty("vectors");
            Same(wanted[0], HashedRow(stage, -0.0, false, "", 1e22, int.MinValue));
            Same(wanted[1], HashedRow(stage, double.NaN, null, " ", double.PositiveInfinity, null));
            Same(wanted[2], HashedRow(stage, 1e-300, true, "a=b", -1.5e-7, 1));
        }

        static void Same(JsonElement wanted, Vector got) =>
            Assert.Equal(StageFigure.Flat(wanted), got.Indices.ToArray().Zip(got.Values.ToArray()).SelectMany(pair => (double[])[pair.First, pair.Second]));
    }

    [Fact]
    public void Hashed_tokens_are_those_of_MLlib()
    {
        foreach (JsonElement figure in TextFigures.Part("hashed").EnumerateArray())
        {
            int size = figure.GetProperty("numFeatures").GetInt32();
            bool binary = figure.GetProperty("binary").GetBoolean();
            Vector[] wanted = [.. figure.GetProperty("vectors").Deserialize<double[][][]>()!.Select(pairs => TextFigures.Sparse(size, pairs))];
            Assert.Equal(wanted, Documents.Select(document => HashingTFStage.Transform("HashingTF1", document, size, binary)));
        }
    }

    [Fact]
    public void Numbers_that_are_no_counts_are_weighted_as_in_MLlib()
    {
        double[][] rows = [[1, -1, 0, 3, double.NaN], [0, 2, 0, 1, 1], [0.5, 0, 0, 1e-300, -2]];
        foreach (JsonElement figure in TextFigures.Part("idfOfNumbers").EnumerateArray())
        {
            foreach (bool sparse in (bool[])[false, true])
            {
                ColumnBatch batch = new(["In"], figure.GetProperty("rows").GetInt32(), 0);
                batch.Set(0, Batches.Rows(rows[..batch.Count], sparse));
                IDFModel model = IDFModel.Fit(Batches.Step("IDF1"), batch, 0, figure.GetProperty("minDocFreq").GetInt32());
                Assert.Equal(figure.GetProperty("idf").Deserialize<double[]>()!, model.Idf.ToArray());
                Assert.Equal(figure.GetProperty("docFreq").Deserialize<long[]>()!, model.DocFreq);
            }
        }
    }

    [Fact]
    public void Ids_begin_with_the_most_frequent_token_and_end_with_padding()
    {
        TokenIdsModel model = TokenIdsModel.Fit(Batches.Step("TokenIds1"), Batch(), 0, 3, 5);
        Assert.Equal(["b", "a", ""], model.Vocabulary);
        Assert.Equal([3, 2, 1], model.Transform(Documents[0]));
        Assert.Equal([2, 2, 1], model.Transform(Documents[1]));
        Assert.Equal([0, 0, 0], model.Transform(Documents[2]));
        Assert.Equal([1, 3, 0], model.Transform(["?", "a"]));
        TokenIdsModel read = Copy(model);
        Assert.Equal(3, read.Length);
        int[] ids = Batches.WithOneAndTwoThreads(() =>
        {
            ColumnBatch batch = Batch();
            read.Transform(batch, 0, 1);
            return batch.Ids(1, 3).ToArray();
        });
        Assert.Equal(Documents.SelectMany(model.Transform), ids);
        Assert.Equal("vocabulary of 3: b, a, ", read.Describe());
    }

    [Fact]
    public void Nothing_to_learn_from_is_one_error()
    {
        ColumnBatch none = new(["Words", "Out"], 0, 0);
        none.Set<string[]?>(0, []);
        ColumnBatch empty = new(["Words", "Out"], 2, 0);
        empty.Set<string[]?>(0, [[], []]);
        ColumnBatch missing = new(["Words", "Out"], 2, 5);
        missing.Set<string[]?>(0, [[], null]);
        Assert.Equal("C has no rows to learn from", Batches.Message(() => CountVectorizerModel.Fit(Batches.Step("C"), none, 0, 9, 1, 9, 1, false)));
        Assert.Equal("C has nothing to learn from: of the terms in Words none is in at least 1 and at most 9 of 2 rows", Batches.Message(() => CountVectorizerModel.Fit(Batches.Step("C"), empty, 0, 9, 1, 9, 1, false)));
        Assert.Equal(
            "C keeps terms that are in at least 2 rows (MinDF 2) and in at most 1 (MaxDF 0.5) of 2, which none can be",
            Batches.Message(() => CountVectorizerModel.Fit(Batches.Step("C"), empty, 0, 9, 2, 0.5, 1, false)));
        Assert.Equal("Row 6: C needs tokens, but got null", Batches.Message(() => CountVectorizerModel.Fit(Batches.Step("C"), missing, 0, 9, 1, 9, 1, false)));
        Assert.Equal("T has no rows to learn from", Batches.Message(() => TokenIdsModel.Fit(Batches.Step("T"), none, 0, 9, 9)));
        Assert.Equal("T has nothing to learn from: none of 2 rows has a token in Words", Batches.Message(() => TokenIdsModel.Fit(Batches.Step("T"), empty, 0, 9, 9)));
        none.Set(0, new FeatureRows(2));
        Assert.Equal("IDF1 has no rows to learn from", Batches.Message(() => IDFModel.Fit(Batches.Step("IDF1"), none, 0, 0)));
        ColumnBatch vectors = new(["In", "Out"], 1, 7);
        vectors.Set(0, Batches.Rows([[1, 0]]));
        IDFModel model = IDFModel.Fit(Batches.Step("IDF1"), vectors, 0, 0);
        Assert.Equal("IDF1 needs vectors of 2 elements, but got one of 3", Batches.Message(() => model.Transform(Vector.Dense(1, 2, 3))));
        vectors.Set(0, Batches.Rows([[1, 0, 2]]));
        Assert.Equal("Row 7: IDF1 needs vectors of 2 elements, but got one of 3", Batches.Message(() => model.Transform(vectors, 0, 1)));
    }

    [Fact]
    public void A_broken_file_is_one_error()
    {
        static string Broken<T>(Action<StageWriter> write)
            where T : IStageModel<T>
        {
            StageWriter writer = new("Stage1");
            write(writer);
            return Assert.Throws<InvalidDataException>(() => T.Read(new StageReader(writer))).Message;
        }

        Assert.Equal("memory: Stage1.Vocabulary is missing.", Broken<CountVectorizerModel>(_ => { }));
        Assert.Equal("memory: Stage1.Vocabulary is empty.", Broken<CountVectorizerModel>(writer => writer.Texts("Vocabulary", [])));
        Assert.Equal("memory: Stage1.Vocabulary has a term twice.", Broken<TokenIdsModel>(writer => writer.Texts("Vocabulary", ["a", "a"])));
        Assert.Equal("memory: Stage1.MinTF is -1, and wanted is a number from 0 on.", Broken<CountVectorizerModel>(writer =>
        {
            writer.Texts("Vocabulary", ["a"]);
            writer.Number("MinTF", -1);
        }));
        Assert.Equal("memory: Stage1.DocFreq has dimensions [1], and wanted are [2].", Broken<IDFModel>(writer =>
        {
            writer.Numbers("Idf", [1, 2]);
            writer.Numbers("DocFreq", [1]);
        }));
    }

    private static Vector HashedRow(FeatureHasherStage stage, double? real, bool? flag, string? name, double? sex, int? rank)
    {
        FeatureHasherStage.HashedRow row = stage.Begin(stackalloc int[5], stackalloc double[5]);
        row.Add(0, real);
        row.Add(1, flag);
        row.Add(2, name);
        row.Add(3, sex);
        row.Add(4, rank);
        return row.End();
    }

    private static Vector OneText(FeatureHasherStage stage, string text)
    {
        FeatureHasherStage.HashedRow row = stage.Begin(stackalloc int[1], stackalloc double[1]);
        row.Add(0, text);
        return row.End();
    }

    private static Vector OneNumber(FeatureHasherStage stage, double number)
    {
        FeatureHasherStage.HashedRow row = stage.Begin(stackalloc int[1], stackalloc double[1]);
        row.Add(0, number);
        return row.End();
    }

    private static CountVectorizerModel Counted(FigureOptions options) => CountVectorizerModel.Fit(
        Batches.Step("CountVectorizer1"), Batch(), 0, (int)options.Number("vocabSize", 262144), options.Number("minDF", 1), options.Number("maxDF", long.MaxValue), options.Number("minTF", 1), options.Flag("binary", false));

    private static ColumnBatch Batch()
    {
        ColumnBatch batch = new(["In", "Out"], Documents.Length, 0);
        batch.Set(0, Documents);
        return batch;
    }

    private static Vector[] InBatches(Action<ColumnBatch, int, int> transform) => Batches.WithOneAndTwoThreads(() =>
    {
        ColumnBatch batch = Batch();
        transform(batch, 0, 1);
        return Vectors(batch, 1).ToArray();
    });

    private static IEnumerable<Vector> Vectors(ColumnBatch batch, int column) => Enumerable.Range(0, batch.Count).Select(row => batch.VectorAt(column, row));

    private static T Copy<T>(T model)
        where T : IStageModel<T>
    {
        StageWriter writer = new("Copy");
        model.Write(writer);
        return T.Read(new StageReader(writer));
    }
}
