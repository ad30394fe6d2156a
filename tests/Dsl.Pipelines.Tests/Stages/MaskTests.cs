using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>What masks hide and what they keep.</summary>
public sealed class MaskTests
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("0123456789abcdef");

    private static readonly MaskingKey Key = MaskingKey.Of("Mask1", new PipelineOptions { MaskingKey = Bytes });

    [Fact]
    public void A_hash_is_the_beginning_of_HMAC_SHA256_of_the_value_as_text()
    {
        string Wanted(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Bytes, Encoding.UTF8.GetBytes(text)))[..32];
        Assert.Equal(Wanted("Æsir"), Key.Hash("Æsir"));
        Assert.Equal(Wanted(""), Key.Hash(""));
        Assert.Equal(Wanted(new string('x', 5000)), Key.Hash(new string('x', 5000)));
        Assert.Equal(Wanted("3750"), Key.Hash(3750));
        Assert.Equal(Wanted("0.1"), Key.Hash(0.1));
        Assert.Equal(Key.Hash(0.0), Key.Hash(-0.0));
        Assert.Equal(Wanted("true"), Key.Hash(true));
        Assert.Equal(Wanted("2007-11-11"), Key.Hash(new DateOnly(2007, 11, 11)));
        Assert.Equal(Wanted("2007-11-11T01:02:03.0000000"), Key.Hash(new DateTime(2007, 11, 11, 1, 2, 3)));
    }

    [Fact]
    public void A_hash_allocates_its_text_alone_and_noise_nothing()
    {
        long AllocatedBy(Action call)
        {
            call();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
                call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        long text = AllocatedBy(() => GC.KeepAlive(new string('0', 32)));
        Assert.Equal(text, AllocatedBy(() => Key.Hash("Adelie")));
        Assert.Equal(text, AllocatedBy(() => Key.Hash(3750.5)));
        Assert.Equal(0, AllocatedBy(() => MaskStage.Noise(Key, 3750.5, 2)));
    }

    [Fact]
    public void A_key_is_needed_and_decides()
    {
        Assert.Equal(
            "Mask1 needs PipelineOptions.MaskingKey, 16 bytes or more, but got none",
            Assert.Throws<PipelineException>(() => MaskingKey.Of("Mask1", null)).Message);
        Assert.Equal(
            "Mask1 needs PipelineOptions.MaskingKey, 16 bytes or more, but got 15 bytes",
            Assert.Throws<PipelineException>(() => MaskingKey.Of("Mask1", new PipelineOptions { MaskingKey = new byte[15] })).Message);
        MaskingKey other = MaskingKey.Of("Mask1", new PipelineOptions { MaskingKey = new byte[16] });
        Assert.Equal(Key.Hash("a"), MaskingKey.Of("Mask2", new PipelineOptions { MaskingKey = [.. Bytes] }).Hash("a"));
        Assert.NotEqual(Key.Hash("a"), other.Hash("a"));
        Assert.NotEqual(MaskStage.Noise(Key, 1, 1), MaskStage.Noise(other, 1, 1));
    }

    [Fact]
    public void A_batch_is_its_rows_and_null_stays_null()
    {
        string?[] texts = [.. Enumerable.Range(0, 5000).Select(i => i % 7 == 0 ? null : "t" + (i % 90))];
        double?[] numbers = [.. Enumerable.Range(0, 5000).Select(i => i % 7 == 1 ? (double?)null : (i % 300 / 3.0) - 20)];
        bool[] nulls = [.. texts.Select(text => text is null)];
        DateOnly[] days = [.. Enumerable.Range(0, 5000).Select(i => new DateOnly(2000, 1, 1).AddDays(i))];
        ColumnBatch batch = Batches.Of(
            ("text", texts), ("number", numbers), ("day", null), ("a", null), ("b", null), ("c", null), ("d", null), ("e", null), ("f", null), ("g", null));
        batch.Set(2, days, nulls);
        MaskStage.HashTexts(Key, batch, 0, 3);
        MaskStage.HashNumbers(Key, batch, 1, 4);
        MaskStage.HashFlags(Key, batch, 1, 5);
        MaskStage.HashTimes<DateOnly>(Key, batch, 2, 6);
        MaskStage.Bucket(batch, 1, 7, 2.5);
        MaskStage.Noise(Key, batch, 1, 8, 3);
        MaskStage.Redact(batch, 9);
        Assert.Equal(texts.Select(text => text is null ? null : Key.Hash(text)), batch.Texts(3).ToArray());
        Assert.Equal(numbers.Select(number => number is { } value ? Key.Hash(value) : null), batch.Texts(4).ToArray());
        Assert.Equal(numbers.Select(number => number is { } value ? Key.Hash(value != 0) : null), batch.Texts(5).ToArray());
        Assert.Equal(days.Select((day, i) => nulls[i] ? null : Key.Hash(day)), batch.Texts(6).ToArray());
        Assert.Equal(numbers.Select(number => number is { } value ? MaskStage.Bucket(value, 2.5) : double.NaN), batch.Numbers(7).ToArray());
        Assert.Equal(numbers.Select(number => number is { } value ? MaskStage.Noise(Key, value, 3) : double.NaN), batch.Numbers(8).ToArray());
        Assert.All(batch.Texts(9).ToArray(), text => Assert.Equal("***", text));
        Assert.Equal(nulls, batch.Nulls(3).ToArray());
        Assert.Equal(nulls, batch.Nulls(6).ToArray());
        Assert.Equal(numbers.Select(number => number is null), batch.Nulls(7).ToArray());
        Assert.True(batch.Nulls(9).IsEmpty);
    }

    [Theory]
    [InlineData(7.4, 2.5, 5)]
    [InlineData(-0.1, 2.5, -2.5)]
    [InlineData(5, 2.5, 5)]
    [InlineData(3, 10, 0)]
    public void A_bucket_is_its_lower_end(double value, double width, double bucket) => Assert.Equal(bucket, MaskStage.Bucket(value, width));

    [Fact]
    public void Noise_is_Laplaces_and_the_same_each_time()
    {
        double[] noise = [.. Enumerable.Range(0, 20_000).Select(i => MaskStage.Noise(Key, i, 3) - i)];
        Assert.Equal(noise[7], MaskStage.Noise(Key, 7, 3) - 7);
        Assert.Equal(0, noise.Average(), 0.1);
        Assert.Equal(3, noise.Average(Math.Abs), 0.1);
        // Of an exponential distribution a share of e^-2 lies beyond twice the mean.
        Assert.Equal(Math.Exp(-2), noise.Count(x => Math.Abs(x) > 6) / 20_000.0, 0.01);
        Assert.True(double.IsNaN(MaskStage.Noise(Key, double.NaN, 3)));
    }
}
