using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Spark.Tests.Arrow;

public class ArrowStreamTests
{
    [Fact]
    public void What_is_written_is_read() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
    {
        RandomTable table = new(seed);
        byte[] written = table.Write();
        foreach (ArrowStreamReader reader in new[] { new ArrowStreamReader(written.AsMemory()), new ArrowStreamReader(new SlowStream(written)) })
        {
            Assert.Equal(table.Schema, reader.ReadSchema());
            Assert.Equal(RandomTable.Show(table.Schema, table.Batches), RandomTable.Show(table.Schema, RandomTable.ReadAll(reader)));
        }
    }));

    [Fact]
    public void Damage_gives_one_error() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
    {
        Random random = new(seed);
        byte[] written = new RandomTable(random.Next(400)).Write();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(written.Length);
            if (random.Next(3) == 0)
                written[at] = (byte)random.Next(256);
            else if (random.Next(3) == 0 && at + 4 <= written.Length)
                BitConverter.TryWriteBytes(written.AsSpan(at), random.Next(3) switch { 0 => -1, 1 => int.MaxValue, _ => random.Next(300) });
            else if (random.Next(6) == 0)
                written = written[..at];
            else
                written[at] ^= (byte)(1 << random.Next(8));
            if (written.Length == 0)
                break;
        }

        ReadOrRefuse(written);
    }));

    [Fact]
    public void Random_bytes_give_one_error() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<byte[]>(bytes =>
    {
        byte[] prefixed = [0xFF, 0xFF, 0xFF, 0xFF, .. BitConverter.GetBytes(bytes.Length), .. bytes];
        ReadOrRefuse(bytes);
        ReadOrRefuse(prefixed);
    }));

    [Fact]
    public void Messages_that_lead_anywhere_end_in_one_error()
    {
        ColumnBuilder column = new(new ArrayType(new StructType(new StructField("a", new ArrayType(new IntegerType())), new StructField("b", new StringType()))));
        column.Children[0].Children[0].AppendList<int>([1, 2]);
        column.Children[0].Children[1].Append("text");
        column.Children[0].AppendRow();
        column.AppendRow();
        MemoryStream stream = new();
        ArrowStreamWriter writer = new(stream, new StructType(new StructField("x", column.Type)));
        writer.Write([column.View()], 1);
        writer.Finish();
        byte[] written = stream.ToArray();

        // Every offset and length of it, of both messages, leads to all places near it: back to itself, to other tables, over other buffers.
        HashSet<string> errors = [];
        for (int at = 0; at + 4 <= written.Length; at += 4)
        {
            for (int value = -96; value <= 96; value++)
            {
                byte[] damaged = [.. written];
                BitConverter.TryWriteBytes(damaged.AsSpan(at), value);
                if (ReadOrRefuse(damaged) is { } error)
                    errors.Add(error);
            }
        }

        Assert.Contains(errors, error => error.Contains($"{ArrowTypes.DeepestNesting} are read", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("where another buffer lasts to byte", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("of a body of", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_of_the_wrong_type_is_refused()
    {
        ColumnBuilder numbers = new(new LongType());
        numbers.Append(1L);
        ArrowStreamWriter writer = new(new MemoryStream(), new StructType(new StructField("v", new DoubleType())));
        ArgumentException error = Assert.Throws<ArgumentException>(() => writer.Write([numbers.View()], 1));
        Assert.Equal("Column v is of bigint; the schema says double.", error.Message);
        error = Assert.Throws<ArgumentException>(() => writer.Write([], 1));
        Assert.Equal("0 columns are given; the schema has 1: struct<v:double>.", error.Message);
    }

    [Fact]
    public void A_struct_whose_fields_have_other_rows_is_refused()
    {
        ColumnBuilder pairs = new(new StructType(new StructField("a", new IntegerType()), new StructField("b", new IntegerType())));
        pairs.Children[0].Append(1);
        pairs.AppendRow();
        Assert.Contains("Field 1 of struct<a:int,b:int> has 0 rows; the struct has 1", Assert.Throws<InvalidOperationException>(pairs.View).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_views()
    {
        ColumnBuilder builder = new(new ArrayType(new FloatType()));
        builder.AppendList<float>([1, 2, 3]);
        builder.AppendList<float>([]);
        builder.AppendNull();
        builder.AppendList<float>([4]);
        ArrowColumn column = builder.View();
        Assert.Equal([1, 2, 3], column.List<float>(0).ToArray());
        Assert.True(column.IsNull(2));
        Assert.Equal([4], column.List<float>(3).ToArray());
        Assert.Equal(1, column.CountNulls());
        Assert.Throws<InvalidOperationException>(() => column.List<double>(0).Length);
    }

    [FactWithPeers]
    public void Pyarrow_reads_what_we_write_and_we_what_it_writes()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-arrow-");
        try
        {
            RandomTable[] tables = [.. Enumerable.Range(0, 120).Select(seed => new RandomTable(seed, isForPython: true))];
            for (int i = 0; i < tables.Length; i++)
                File.WriteAllBytes(Path.Combine(folder.FullName, $"{i}.ours"), tables[i].Write());
            string[] shown = SharedFolder.Python("Arrow/judge.py", folder.FullName).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(tables.Length, shown.Length);
            for (int i = 0; i < tables.Length; i++)
            {
                string wanted = string.Join("|", tables[i].Batches.Select(batch => RandomTable.Show(batch.Columns.Select(column => (object?)column).ToArray())));
                Assert.Equal($"{i}: {wanted}", shown[i]);
                ArrowStreamReader theirs = new(File.ReadAllBytes(Path.Combine(folder.FullName, $"{i}.theirs")).AsMemory());
                Assert.Equal(tables[i].Schema.SimpleString, theirs.ReadSchema().SimpleString);
                Assert.Equal(RandomTable.Show(tables[i].Schema, tables[i].Batches), RandomTable.Show(tables[i].Schema, RandomTable.ReadAll(theirs)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Gives the error.</summary>
    private static string? ReadOrRefuse(byte[] bytes)
    {
        try
        {
            foreach ((object?[][] columns, _) in RandomTable.ReadAll(new ArrowStreamReader(bytes.AsMemory())))
                Assert.NotNull(RandomTable.Show(columns.Select(column => (object?)column).ToArray()));
            return null;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            Assert.Contains("Arrow", error.Message, StringComparison.Ordinal);
            return error.Message;
        }
    }

    private sealed class FactWithPeersAttribute : FactAttribute
    {
        public FactWithPeersAttribute() => Skip = SharedFolder.PeersMissing;
    }

    /// <summary>Gives a few bytes at a time, as a socket may.</summary>
    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
