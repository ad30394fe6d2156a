using System;
using System.Globalization;
using Dsl.Spark.Executors;
using Xunit;

namespace Dsl.Spark.Tests.Executors;

/// <summary>Values at the ends of their ranges: a clear error, never another value.</summary>
public sealed class ArrowValuesTests
{
    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("-12345", 2, "-123.45")]
    [InlineData("79228162514264337593543950335", 0, "79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335", 28, "-7.9228162514264337593543950335")]
    [InlineData("10000000000000000000000000000000000000", 37, "1.0000000000000000000000000000")]
    [InlineData("-123450000000000000000000000000000", 30, "-123.4500000000000000000000000")]
    [InlineData("5000000000000000000000000000000000", 38, "0.0000500000000000000000000000")]
    public void Decimals_are_read(string unscaled, int scale, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), ArrowValues.ToDecimal(Int128.Parse(unscaled, CultureInfo.InvariantCulture), scale));

    [Theory]
    [InlineData("79228162514264337593543950336", 0)]
    [InlineData("99999999999999999999999999999999999999", 18)]
    [InlineData("1", 29)]
    [InlineData("-170141183460469231731687303715884105728", 0)]
    public void Decimals_of_more_digits_are_an_error(string unscaled, int scale) =>
        Assert.Contains("has more digits than C#'s decimal", Assert.Throws<OverflowException>(() => ArrowValues.ToDecimal(Int128.Parse(unscaled, CultureInfo.InvariantCulture), scale)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0.0000", 1, 0, "0")]
    [InlineData("0", 38, 38, "0")]
    [InlineData("-0.5", 1, 0, "-1")]
    [InlineData("2.5", 3, 0, "3")]
    [InlineData("2.4999999999999999999999999999", 3, 0, "2")]
    [InlineData("-99.994", 4, 2, "-9999")]
    [InlineData("79228162514264337593543950335", 38, 9, "79228162514264337593543950335000000000")]
    [InlineData("0.0000000000000000000000000001", 38, 38, "10000000000")]
    public void Decimals_are_written(string value, int precision, int scale, string expected) =>
        Assert.Equal(Int128.Parse(expected, CultureInfo.InvariantCulture), ArrowValues.ToUnscaled(decimal.Parse(value, CultureInfo.InvariantCulture), precision, scale));

    [Theory]
    [InlineData("99.995", 4, 2)]
    [InlineData("-100", 4, 2)]
    [InlineData("1", 38, 38)]
    [InlineData("79228162514264337593543950335", 38, 10)]
    public void Decimals_that_do_not_fit_are_an_error(string value, int precision, int scale) => Assert.Equal(
        $"{value} does not fit decimal({precision},{scale}): it has more than {precision - scale} digits before the point.",
        Assert.Throws<OverflowException>(() => ArrowValues.ToUnscaled(decimal.Parse(value, CultureInfo.InvariantCulture), precision, scale)).Message);

    [Fact]
    public void Decimals_come_back()
    {
        Random random = new(3);
        for (int i = 0; i < 2000; i++)
        {
            int scale = random.Next(29);
            decimal value = new(random.Next(), random.Next(), random.Next(1 << random.Next(30)), random.Next(2) == 0, (byte)scale);
            if (scale <= 9)
                Assert.Equal(value, ArrowValues.ToDecimal(ArrowValues.ToUnscaled(value, 38, scale), scale));
        }
    }

    [Fact]
    public void Days_and_times_come_back_or_are_an_error()
    {
        foreach (DateOnly day in new[] { DateOnly.MinValue, new DateOnly(1969, 12, 31), new DateOnly(1970, 1, 1), DateOnly.MaxValue })
            Assert.Equal(day, ArrowValues.ToDate(ArrowValues.ToDays(day)));
        foreach (int days in new[] { ArrowValues.ToDays(DateOnly.MinValue) - 1, ArrowValues.ToDays(DateOnly.MaxValue) + 1, int.MinValue, int.MaxValue })
            Assert.Throws<OverflowException>(() => ArrowValues.ToDate(days));

        long first = ArrowValues.ToWallClock(DateTime.MinValue);
        long last = ArrowValues.ToWallClock(DateTime.MaxValue);
        foreach (long time in new[] { first, -1, 0, 1, last })
        {
            DateTime utc = ArrowValues.ToTime(time, DateTimeKind.Utc);
            Assert.Equal((DateTimeKind.Utc, time), (utc.Kind, ArrowValues.ToMicroseconds(utc)));
        }

        foreach (long time in new[] { first - 1, last + 1, long.MinValue, long.MaxValue })
            Assert.Throws<OverflowException>(() => ArrowValues.ToTime(time, DateTimeKind.Utc));

        // A tick before 1970 is in the microsecond before.
        Assert.Equal(-1, ArrowValues.ToMicroseconds(DateTime.UnixEpoch.AddTicks(-1)));
        Assert.Contains("TimestampNtz", Assert.Throws<ArgumentException>(() => ArrowValues.ToMicroseconds(new DateTime(2024, 2, 29))).Message, StringComparison.Ordinal);
    }
}
