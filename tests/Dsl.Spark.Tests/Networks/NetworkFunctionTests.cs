using System;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Networks;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Networks;

/// <summary>Networks over columns give what they give here, to the bit, whatever the rows lie in.</summary>
public class NetworkFunctionTests
{
    private const int Size = 12;
    private const int Classes = 5;

    private static readonly byte[] Weights = WeightsOf(new Scorer(seed: 3));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4000)]
    public void Arrays_of_float_give_the_networks_bits(int rows)
    {
        float[] values = Values(rows * Size);
        ColumnBuilder column = new(new ArrayType(new FloatType()));
        values.CopyTo(column.ReserveLists<float>(rows, Size));

        Assert.Equal(Predicted(values), Floats(Run(new Scorer.PredictFunction(), rows, column)));
    }

    [Fact]
    public void Rows_that_are_a_part_of_a_larger_buffer_are_read_where_they_lie()
    {
        // A list may start behind others: offsets say where.
        float[] values = Values(10 * Size);
        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray();
        int[] offsets = [2 * Size, 3 * Size, 4 * Size];
        ArrayType rows = new(new FloatType());
        ArrowColumn elements = new(rows.ElementType, ColumnLayout.Of(rows.ElementType), 10 * Size, default, default, bytes, []);
        ArrowColumn column = new(rows, ColumnLayout.Of(rows), 2, default, System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(offsets).ToArray(), default, [elements]);

        Assert.Equal(Predicted(values[(2 * Size)..(4 * Size)]), Floats(Run(new Scorer.PredictFunction(), 2, column)));
    }

    [Theory]
    [InlineData("double")]
    [InlineData("tinyint")]
    [InlineData("smallint")]
    [InlineData("int")]
    [InlineData("bigint")]
    [InlineData("binary")]
    [InlineData("dense")]
    [InlineData("sparse")]
    [InlineData("storage")]
    [InlineData("columns")]
    public void Other_forms_of_the_same_rows_give_the_same(string form)
    {
        const int rows = 700;
        double[] values = [.. Enumerable.Range(0, rows * Size).Select(i => (double)(i * 37 % 101))];
        float[] expected = Predicted([.. values.Select(value => (float)value)]);

        Assert.Equal(expected, Floats(Run(new Scorer.PredictFunction(), rows, Columns(form, values, rows))));
    }

    [Fact]
    public void Doubles_become_the_nearest_floats()
    {
        Random random = new(5);
        double[] values = [.. Enumerable.Range(0, 64 * Size).Select(_ => random.NextDouble() * 3 - 1.5)];
        float[] got = Floats(Run(new Scorer.PredictFunction(), 64, Columns("double", values, 64)));

        Assert.Equal(Predicted([.. values.Select(value => (float)value)]), got);
    }

    [Fact]
    public void Null_and_wrong_rows_give_null_and_the_others_their_result()
    {
        const int rows = 100;
        float[] values = Values(rows * Size);
        ColumnBuilder column = new(new ArrayType(new FloatType()));
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> one = values.AsSpan(row * Size, Size);
            switch (row % 5)
            {
                case 1:
                    column.AppendNull();
                    break;
                case 2:
                    column.AppendList(one[..(Size - 1)]);
                    break;
                case 3:
                    column.AppendList(one);
                    column.Children[0].SetNull(column.Children[0].Count - 1);
                    break;
                default:
                    column.AppendList(one);
                    break;
            }
        }

        ColumnBuilder result = Run(new Scorer.PredictFunction(), rows, column);
        ArrowColumn view = result.View();
        float[] expected = Predicted(values);
        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(row % 5 is 1 or 2 or 3, view.IsNull(row));
            Assert.Equal(view.IsNull(row) ? [] : expected[(row * Classes)..((row + 1) * Classes)], view.List<float>(row).ToArray());
        }
    }

    [Theory]
    [InlineData("null", "Scorer: row 5 of partition 4, from 0, is null.")]
    [InlineData("length", "Scorer: row 5 of partition 4, from 0, has 3 values, but the network takes 12.")]
    [InlineData("element", "Scorer: row 5 of partition 4, from 0, has an element that is null.")]
    public void Strict_functions_name_the_row(string wrong, string message)
    {
        ColumnBuilder first = new(new ArrayType(new FloatType()));
        Values(3 * Size).CopyTo(first.ReserveLists<float>(3, Size));
        ColumnBuilder second = new(new ArrayType(new FloatType()));
        Values(2 * Size).CopyTo(second.ReserveLists<float>(2, Size));
        if (wrong == "null")
            second.AppendNull();
        else
            second.AppendList<float>(new float[wrong == "length" ? 3 : Size]);
        if (wrong == "element")
            second.Children[0].SetNull(2 * Size);
        using Scorer.PredictFunction function = Started(new Scorer.PredictFunction(), strict: true);
        ColumnBuilder result = new(function.Result);
        function.Run([first.View()], 3, result);
        result.Clear();

        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => function.Run([second.View()], 3, result)).Message);
    }

    [Theory]
    [InlineData("string", "Scorer takes one column of arrays of 12 numbers, of vectors of that size or of as many bytes, or 12 columns of numbers, but got a column of string.")]
    [InlineData("columns", "Scorer takes one column of arrays of 12 numbers, of vectors of that size or of as many bytes, or 12 columns of numbers, but got 3 columns.")]
    [InlineData("text", "Scorer takes numbers, but column 12 of 12 is of string.")]
    public void Columns_that_no_network_takes_are_refused(string form, string message)
    {
        ArrowColumn number = new ColumnBuilder(new FloatType()).View();
        ArrowColumn text = new ColumnBuilder(new StringType()).View();
        ArrowColumn[] columns = form switch
        {
            "string" => [text],
            "columns" => [number, number, number],
            _ => [.. Enumerable.Repeat(number, Size - 1), text],
        };
        using Scorer.PredictFunction function = Started(new Scorer.PredictFunction());
        ColumnBuilder result = new(function.Result);

        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => function.Run(columns, 0, result)).Message);
    }

    [Theory]
    [InlineData("double")]
    [InlineData("float")]
    public void Classify_gives_the_networks_labels_and_their_probabilities(string form)
    {
        const int rows = 9000;
        Random random = new(8);
        double[] values = [.. Enumerable.Range(0, rows * Size).Select(_ => (double)random.NextSingle())];
        float[] inputs = [.. values.Select(value => (float)value)];
        using Scorer network = Scorer.Load(Weights);
        int[] labels = new int[rows];
        float[] probabilities = new float[rows * Classes];
        network.Classify(inputs, labels);
        network.Probabilities(inputs, probabilities);

        ArrowColumn result = Run(new Scorer.ClassifyFunction(), rows, Columns(form, values, rows)).View();

        Assert.Equal(labels, result.Children[0].Values<int>().ToArray());
        for (int row = 0; row < rows; row++)
            Assert.Equal(probabilities[(row * Classes) + labels[row]], result.Children[1].Values<float>()[row], 1e-6f);
    }

    [Fact]
    public void A_network_of_one_score_chooses_by_its_sign()
    {
        float[] values = Values(50 * Size);
        using Decider network = new(seed: 1);
        int[] labels = new int[50];
        float[] scores = new float[50];
        network.Classify(values, labels);
        network.Predict(values, scores);
        ColumnBuilder column = new(new ArrayType(new FloatType()));
        values.CopyTo(column.ReserveLists<float>(50, Size));
        using Decider.ClassifyFunction function = new();
        function.Start(function.Load(WeightsOf(network)), new OneTask(0));
        ColumnBuilder result = new(function.Result);
        function.Run([column.View()], 50, result);

        Assert.Equal(labels, result.View().Children[0].Values<int>().ToArray());
        Assert.Equal(scores, result.View().Children[1].Values<float>().ToArray());
    }

    [Fact]
    public void Networks_of_ids_take_arrays_of_integers()
    {
        const int rows = 40;
        int[] ids = [.. Enumerable.Range(0, rows * 6).Select(i => i * 7 % 20)];
        using Teller network = new(seed: 2);
        float[] expected = new float[rows * 3];
        network.Predict(ids, expected);
        foreach (bool wide in new[] { false, true })
        {
            ColumnBuilder column = new(new ArrayType(wide ? new LongType() : new IntegerType()));
            if (wide)
                Array.ConvertAll(ids, id => (long)id).CopyTo(column.ReserveLists<long>(rows, 6));
            else
                ids.CopyTo(column.ReserveLists<int>(rows, 6));
            using Teller.PredictFunction function = new();
            function.Start(function.Load(WeightsOf(network)), new OneTask(0));
            ColumnBuilder result = new(function.Result);
            function.Run([column.View()], rows, result);

            Assert.Equal(expected, Floats(result));
        }
    }

    [Fact]
    public void Networks_of_several_inputs_take_a_column_for_each()
    {
        const int rows = 70_000;
        float[] facts = [.. Enumerable.Range(0, rows * 3).Select(i => (i * 31 % 101 * 0.01f) - 0.5f)];
        int[] words = [.. Enumerable.Range(0, rows * 6).Select(i => i * 7 % 20)];
        using Mixer network = new(seed: 2);
        float[] expected = new float[rows * 3];
        network.Predict(facts, words, expected, new float[rows * 8]);
        ColumnBuilder first = new(new ArrayType(new FloatType()));
        facts.CopyTo(first.ReserveLists<float>(rows, 3));
        ColumnBuilder second = new(new ArrayType(new IntegerType()));
        words.CopyTo(second.ReserveLists<int>(rows, 6));
        using Mixer.PredictFunction function = new();
        function.Start(function.Load(WeightsOf(network)), new OneTask(0));
        ColumnBuilder result = new(function.Result);
        function.Run([first.View(), second.View()], rows, result);
        Assert.Equal(expected, Floats(result));

        using Mixer.ClassifyFunction classify = new();
        classify.Start(classify.Load(WeightsOf(network)), new OneTask(0));
        ColumnBuilder labels = new(classify.Result);
        classify.Run([first.View(), second.View()], rows, labels);
        Assert.Equal(Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, 3).MaxBy(label => expected[(row * 3) + label])), labels.View().Children[0].Values<int>().ToArray());

        ArgumentException error = Assert.Throws<ArgumentException>(() => new Mixer.PredictFunction().Over(network, strict: false, Functions.Col("x")));
        Assert.StartsWith("Mixer takes 2 columns, one for each input, but got 1.", error.Message, StringComparison.Ordinal);
        Assert.NotNull(network.Predict(Functions.Col("facts"), Functions.Col("words")));
    }

    [Fact]
    public void A_row_with_a_wrong_input_is_null_or_said_with_its_input()
    {
        using Mixer network = new(seed: 2);
        ColumnBuilder facts = new(new ArrayType(new DoubleType()));
        facts.AppendList<double>([1, 2, 3]);
        facts.AppendList<double>([1, 2, 3]);
        facts.AppendNull();
        ColumnBuilder words = new(new ArrayType(new IntegerType()));
        words.AppendList<int>([1, 2, 3, 4, 5]);
        words.AppendList<int>([1, 2, 3, 4, 5, 6]);
        words.AppendList<int>([1, 2, 3, 4, 5, 6]);
        using Mixer.PredictFunction function = new();
        function.Start(function.Load(WeightsOf(network)), new OneTask(0));
        ColumnBuilder result = new(function.Result);
        function.Run([facts.View(), words.View()], 3, result);
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(result.View().IsNull));

        using Mixer.PredictFunction strict = new() { Options = "Strict" };
        strict.Start(strict.Load(WeightsOf(network)), new OneTask(4));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => strict.Run([facts.View(), words.View()], 3, new ColumnBuilder(strict.Result)));
        Assert.Equal("Mixer: row 0 of partition 4, from 0, has 5 values, but the network takes 6 (input Words).", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_travels_is_the_class_and_the_weights_as_they_are(bool strict)
    {
        using Scorer network = Scorer.Load(Weights);
        FunctionDescription predict = new Scorer.PredictFunction().Describe(network, strict);
        FunctionDescription classify = new Scorer.ClassifyFunction().Describe(network, strict);
        network.Parameters[0].Values.Clear();

        Assert.Equal(("Scorer", typeof(Scorer.PredictFunction), "array<float>"), (predict.Name, predict.FunctionType, predict.Result.SimpleString));
        Assert.Equal((typeof(Scorer.ClassifyFunction), "struct<label:int,score:float>"), (classify.FunctionType, classify.Result.SimpleString));
        FunctionDescription label = new Scorer.ClassifyFunction().Describe(Scorer.Load(Weights), strict, isLabelAlone: true);
        Assert.Equal(("Scorer.label", typeof(Scorer.ClassifyFunction), "int"), (label.Name, label.FunctionType, label.Result.SimpleString));
        Assert.Equal(Weights, predict.State!.Value.ToArray());
        Assert.Equal(Weights, classify.State!.Value.ToArray());
        Assert.Equal(Weights, label.State!.Value.ToArray());
        string form = strict ? "Strict" : "None";
        Assert.Equal((form, form, strict ? "Strict, LabelAlone" : "LabelAlone"), (predict.Options, classify.Options, label.Options));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rows_that_nobody_wants_any_more_are_left(bool inPlace)
    {
        using Scorer network = new();
        using Scorer.PredictFunction function = new();
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        function.Start(function.Load(Weights), new OneTask(0, cancelled.Token));
        ColumnBuilder column = new(new ArrayType(inPlace ? new FloatType() : new DoubleType()));
        if (inPlace)
            column.ReserveLists<float>(3, 12).Clear();
        else
            column.ReserveLists<double>(3, 12).Clear();
        Assert.Throws<OperationCanceledException>(() => function.Run([column.View()], 3, new ColumnBuilder(function.Result)));
    }

    [Fact]
    public void A_column_too_few_is_refused_at_the_call()
    {
        using Scorer network = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => network.Classify(Functions.Col("x"), Functions.Col("y")));
        Assert.StartsWith("Scorer takes one column of arrays of 12 numbers, or 12 columns of numbers, but got 2 columns.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_share_one_network_and_each_gets_its_own_rows()
    {
        object state = new Scorer.PredictFunction().Load(Weights)!;
        Assert.Same(state, new Scorer.ClassifyFunction().Load(Weights));
        string?[] failures = new string?[6];
        Thread[] tasks = [.. Enumerable.Range(0, failures.Length).Select(task => new Thread(() =>
        {
            try
            {
                using Scorer.PredictFunction function = new();
                function.Start(state, new OneTask(task));
                ColumnBuilder column = new(new ArrayType(new FloatType()));
                ColumnBuilder result = new(function.Result);
                for (int batch = 0; batch < 20; batch++)
                {
                    int rows = 50 + (task * 13) + batch;
                    float[] values = Values(rows * Size, task + 1);
                    column.Clear();
                    result.Clear();
                    values.CopyTo(column.ReserveLists<float>(rows, Size));
                    function.Run([column.View()], rows, result);
                    if (!Floats(result).SequenceEqual(Predicted(values)))
                        failures[task] = $"Task {task} got other rows' results in batch {batch}.";
                }
            }
            catch (Exception error)
            {
                failures[task] = error.ToString();
            }
        }))];
        foreach (Thread task in tasks)
            task.Start();
        foreach (Thread task in tasks)
            task.Join();

        Assert.All(failures, Assert.Null);
    }

    [Theory]
    [InlineData("float", false)]
    [InlineData("float", true)]
    [InlineData("double", false)]
    [InlineData("sparse", false)]
    [InlineData("columns", true)]
    public void After_the_first_batch_nothing_is_allocated(string form, bool classifies)
    {
        const int rows = 300;
        double[] values = [.. Enumerable.Range(0, rows * Size).Select(i => (double)(i % 17))];
        ColumnBuilder[] builders = Columns(form, values, rows);
        if (form == "double")
            builders[0].SetNull(17);
        ArrowColumn[] columns = [.. builders.Select(one => one.View())];
        using NetworkFunction<Scorer> function = classifies ? Started(new Scorer.ClassifyFunction()) : Started(new Scorer.PredictFunction());
        ColumnBuilder result = new(function.Result);
        for (int i = 0; i < 3; i++)
        {
            result.Clear();
            function.Run(columns, rows, result);
        }

        result.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        function.Run(columns, rows, result);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Values(int count, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static float[] Predicted(float[] values)
    {
        using Scorer network = Scorer.Load(Weights);
        float[] outputs = new float[values.Length / Size * Classes];
        network.Predict(values, outputs);
        return outputs;
    }

    private static byte[] WeightsOf(Network network)
    {
        using MemoryStream file = new();
        network.Save(file);
        return file.ToArray();
    }

    private static TFunction Started<TFunction>(TFunction function, bool strict = false)
        where TFunction : NetworkFunction<Scorer>
    {
        function.Options = strict ? "Strict" : "None";
        function.Start(function.Load(Weights), new OneTask(4));
        return function;
    }

    private static ColumnBuilder Run(NetworkFunction<Scorer> function, int rows, params ColumnBuilder[] columns) => Run(function, rows, [.. columns.Select(one => one.View())]);

    private static ColumnBuilder Run(NetworkFunction<Scorer> function, int rows, params ArrowColumn[] columns)
    {
        using (Started(function))
        {
            ColumnBuilder result = new(function.Result);
            function.Run(columns, rows, result);
            Assert.Equal(rows, result.Count);
            return result;
        }
    }

    private static float[] Floats(ColumnBuilder result) => result.View().Children[0].Values<float>().ToArray();

    private static ColumnBuilder[] Columns(string form, double[] values, int rows) => form switch
    {
        "float" => Lists(new FloatType(), values, rows, value => (float)value),
        "double" => Lists(new DoubleType(), values, rows, value => value),
        "tinyint" => Lists(new ByteType(), values, rows, value => (sbyte)value),
        "smallint" => Lists(new ShortType(), values, rows, value => (short)value),
        "int" => Lists(new IntegerType(), values, rows, value => (int)value),
        "bigint" => Lists(new LongType(), values, rows, value => (long)value),
        "binary" => Binary(values, rows),
        "columns" => [.. Enumerable.Range(0, Size).Select(i => Feature(i, values, rows))],
        _ => Vectors(form, values, rows),
    };

    private static ColumnBuilder[] Lists<T>(DataType element, double[] values, int rows, Converter<double, T> convert)
        where T : unmanaged
    {
        ColumnBuilder column = new(new ArrayType(element));
        Array.ConvertAll(values, convert).CopyTo(column.ReserveLists<T>(rows, Size));
        return [column];
    }

    private static ColumnBuilder[] Binary(double[] values, int rows)
    {
        ColumnBuilder column = new(new BinaryType());
        for (int row = 0; row < rows; row++)
            column.Append((ReadOnlySpan<byte>)Array.ConvertAll(values[(row * Size)..((row + 1) * Size)], value => (byte)value));
        return [column];
    }

    private static ColumnBuilder Feature(int feature, double[] values, int rows)
    {
        ColumnBuilder column = new((feature % 3) switch { 0 => new FloatType(), 1 => new DoubleType(), _ => new IntegerType() });
        for (int row = 0; row < rows; row++)
        {
            double value = values[(row * Size) + feature];
            if (feature % 3 == 0)
                column.Append((float)value);
            else if (feature % 3 == 1)
                column.Append(value);
            else
                column.Append((int)value);
        }

        return column;
    }

    private static ColumnBuilder[] Vectors(string form, double[] values, int rows)
    {
        ColumnBuilder column = new(form == "storage" ? VectorType.Storage : new VectorType());
        ReadOnlySpan<ColumnBuilder> fields = column.Children;
        for (int row = 0; row < rows; row++)
        {
            double[] one = values[(row * Size)..((row + 1) * Size)];
            bool isSparse = form == "sparse" || (form == "storage" && row % 2 == 0);
            fields[0].Append(isSparse ? (sbyte)0 : (sbyte)1);
            if (isSparse)
            {
                int[] indices = [.. Enumerable.Range(0, Size).Where(i => one[i] != 0)];
                fields[1].Append(Size);
                fields[2].AppendList<int>(indices);
                fields[3].AppendList<double>([.. indices.Select(i => one[i])]);
            }
            else
            {
                fields[1].AppendNull();
                fields[2].AppendNull();
                fields[3].AppendList<double>(one);
            }

            column.AppendRow();
        }

        return [column];
    }
}
