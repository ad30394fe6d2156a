namespace Dsl.Spark.Sql;

// Spark's functions by name, a line each. Values beside columns are literals.
public static partial class Functions
{
    // Aggregates
    /// <summary>The number of rows in which it is not null; of all rows with <c>Lit(1)</c>.</summary>
    public static Column Count(Column column) => Call("count", column);

    /// <summary>The number of different values, or of different combinations of several; null is not counted.</summary>
    public static Column CountDistinct(params Column[] columns) => CallDistinct("count", columns);

    /// <summary>About the number of different values, with a relative error of <paramref name="rsd"/>.</summary>
    public static Column ApproxCountDistinct(Column column, double rsd = 0.05) => Call("approx_count_distinct", column, Lit(rsd));

    /// <summary>The sum.</summary>
    public static Column Sum(Column column) => Call("sum", column);

    /// <summary>The sum of the different values.</summary>
    public static Column SumDistinct(Column column) => CallDistinct("sum", column);

    /// <summary>The mean.</summary>
    public static Column Avg(Column column) => Call("avg", column);

    /// <summary>The mean.</summary>
    public static Column Mean(Column column) => Call("avg", column);

    /// <summary>The least value.</summary>
    public static Column Min(Column column) => Call("min", column);

    /// <summary>The greatest value.</summary>
    public static Column Max(Column column) => Call("max", column);

    /// <summary>The value of the row in which another column is least.</summary>
    public static Column MinBy(Column column, Column order) => Call("min_by", column, order);

    /// <summary>The value of the row in which another column is greatest.</summary>
    public static Column MaxBy(Column column, Column order) => Call("max_by", column, order);

    /// <summary>The value of the first row that Spark meets.</summary>
    public static Column First(Column column, bool ignoreNulls = false) => Call("first", column, Lit(ignoreNulls));

    /// <summary>The value of the last row that Spark meets.</summary>
    public static Column Last(Column column, bool ignoreNulls = false) => Call("last", column, Lit(ignoreNulls));

    /// <summary>The value of some row.</summary>
    public static Column AnyValue(Column column) => Call("any_value", column);

    /// <summary>The standard deviation of a sample (n - 1).</summary>
    public static Column StdDev(Column column) => Call("stddev", column);

    /// <summary>The standard deviation of all (n).</summary>
    public static Column StdDevPop(Column column) => Call("stddev_pop", column);

    /// <summary>The variance of a sample (n - 1).</summary>
    public static Column Variance(Column column) => Call("variance", column);

    /// <summary>The variance of all (n).</summary>
    public static Column VarPop(Column column) => Call("var_pop", column);

    /// <summary>How unequal the sides of the distribution are.</summary>
    public static Column Skewness(Column column) => Call("skewness", column);

    /// <summary>How heavy the ends of the distribution are; 0 for a normal one.</summary>
    public static Column Kurtosis(Column column) => Call("kurtosis", column);

    /// <summary>Pearson's correlation.</summary>
    public static Column Corr(Column column1, Column column2) => Call("corr", column1, column2);

    /// <summary>The covariance of all (n).</summary>
    public static Column CovarPop(Column column1, Column column2) => Call("covar_pop", column1, column2);

    /// <summary>The covariance of a sample (n - 1).</summary>
    public static Column CovarSamp(Column column1, Column column2) => Call("covar_samp", column1, column2);

    /// <summary>The median.</summary>
    public static Column Median(Column column) => Call("median", column);

    /// <summary>The most frequent value.</summary>
    public static Column Mode(Column column) => Call("mode", column);

    /// <summary>The exact percentile, interpolated; the percentage lies between 0 and 1.</summary>
    public static Column Percentile(Column column, Column percentage) => Call("percentile", column, percentage);

    /// <summary>About the percentile; 1 / accuracy is the relative error.</summary>
    public static Column PercentileApprox(Column column, Column percentage, int accuracy = 10000) =>
        Call("percentile_approx", column, percentage, Lit(accuracy));

    /// <summary>All values as an array, without null.</summary>
    public static Column CollectList(Column column) => Call("collect_list", column);

    /// <summary>The different values as an array, without null.</summary>
    public static Column CollectSet(Column column) => Call("collect_set", column);

    /// <summary>Whether it is true in all rows.</summary>
    public static Column BoolAnd(Column column) => Call("bool_and", column);

    /// <summary>Whether it is true in some row.</summary>
    public static Column BoolOr(Column column) => Call("bool_or", column);

    /// <summary>The number of rows in which it is true.</summary>
    public static Column CountIf(Column column) => Call("count_if", column);

    /// <summary>The bits that all have.</summary>
    public static Column BitAnd(Column column) => Call("bit_and", column);

    /// <summary>The bits that one of them has.</summary>
    public static Column BitOr(Column column) => Call("bit_or", column);

    /// <summary>The bits that an odd number of them has.</summary>
    public static Column BitXor(Column column) => Call("bit_xor", column);

    /// <summary>Whether a row of Rollup or Cube goes over all values of the column: 1 or 0.</summary>
    public static Column Grouping(Column column) => Call("grouping", column);

    /// <summary>As <see cref="Grouping"/>, of several columns, a bit each.</summary>
    public static Column GroupingId(params Column[] columns) => Call("grouping_id", columns);

    // Windows
    /// <summary>The number of the row in its partition, from 1.</summary>
    public static Column RowNumber() => Call("row_number");

    /// <summary>The rank of the row; equal ones have one, and the next is further by their number.</summary>
    public static Column Rank() => Call("rank");

    /// <summary>The rank of the row without gaps.</summary>
    public static Column DenseRank() => Call("dense_rank");

    /// <summary>The rank of the row between 0 and 1.</summary>
    public static Column PercentRank() => Call("percent_rank");

    /// <summary>The part of the rows that are not behind this one.</summary>
    public static Column CumeDist() => Call("cume_dist");

    /// <summary>In which of n parts of equal size the row is, from 1.</summary>
    public static Column Ntile(int n) => Call("ntile", Lit(n));

    /// <summary>The value so many rows before.</summary>
    public static Column Lag(Column column, int offset = 1, object? defaultValue = null) => Call("lag", column, Lit(offset), Lit(defaultValue));

    /// <summary>The value so many rows behind.</summary>
    public static Column Lead(Column column, int offset = 1, object? defaultValue = null) => Call("lead", column, Lit(offset), Lit(defaultValue));

    /// <summary>The value of the nth row of the window, from 1.</summary>
    public static Column NthValue(Column column, int offset) => Call("nth_value", column, Lit(offset));

    // Choices and null
    /// <summary>The first that is not null.</summary>
    public static Column Coalesce(params Column[] columns) => Call("coalesce", columns);

    /// <summary>Whether it is null.</summary>
    public static Column IsNull(Column column) => Call("isnull", column);

    /// <summary>Whether it is not null.</summary>
    public static Column IsNotNull(Column column) => Call("isnotnull", column);

    /// <summary>Whether it is a NaN.</summary>
    public static Column IsNaN(Column column) => Call("isnan", column);

    /// <summary>The first, or where it is a NaN the second.</summary>
    public static Column NaNvl(Column column1, Column column2) => Call("nanvl", column1, column2);

    /// <summary>The first, or where it is null the second.</summary>
    public static Column IfNull(Column column1, Column column2) => Call("ifnull", column1, column2);

    /// <summary>The first; null where both are equal.</summary>
    public static Column NullIf(Column column1, Column column2) => Call("nullif", column1, column2);

    /// <summary>The greatest of at least two, without null.</summary>
    public static Column Greatest(params Column[] columns) => Call("greatest", columns);

    /// <summary>The least of at least two, without null.</summary>
    public static Column Least(params Column[] columns) => Call("least", columns);

    // Numbers
    /// <summary>The magnitude.</summary>
    public static Column Abs(Column column) => Call("abs", column);

    /// <summary>The square root.</summary>
    public static Column Sqrt(Column column) => Call("sqrt", column);

    /// <summary>The cube root.</summary>
    public static Column Cbrt(Column column) => Call("cbrt", column);

    /// <summary>e to that power.</summary>
    public static Column Exp(Column column) => Call("exp", column);

    /// <summary>e to that power, less 1.</summary>
    public static Column Expm1(Column column) => Call("expm1", column);

    /// <summary>The logarithm to base e.</summary>
    public static Column Log(Column column) => Call("ln", column);

    /// <summary>The logarithm to base 10.</summary>
    public static Column Log10(Column column) => Call("log10", column);

    /// <summary>The logarithm to base 2.</summary>
    public static Column Log2(Column column) => Call("log2", column);

    /// <summary>The logarithm to base e of the number and 1.</summary>
    public static Column Log1p(Column column) => Call("log1p", column);

    /// <summary>The one to the power of the other.</summary>
    public static Column Pow(Column left, Column right) => Call("power", left, right);

    /// <summary>The sine; angles are in radians.</summary>
    public static Column Sin(Column column) => Call("sin", column);

    /// <summary>The cosine.</summary>
    public static Column Cos(Column column) => Call("cos", column);

    /// <summary>The tangent.</summary>
    public static Column Tan(Column column) => Call("tan", column);

    /// <summary>The arc sine.</summary>
    public static Column Asin(Column column) => Call("asin", column);

    /// <summary>The arc cosine.</summary>
    public static Column Acos(Column column) => Call("acos", column);

    /// <summary>The arc tangent.</summary>
    public static Column Atan(Column column) => Call("atan", column);

    /// <summary>The angle of the point (x, y).</summary>
    public static Column Atan2(Column y, Column x) => Call("atan2", y, x);

    /// <summary>The hyperbolic sine.</summary>
    public static Column Sinh(Column column) => Call("sinh", column);

    /// <summary>The hyperbolic cosine.</summary>
    public static Column Cosh(Column column) => Call("cosh", column);

    /// <summary>The hyperbolic tangent.</summary>
    public static Column Tanh(Column column) => Call("tanh", column);

    /// <summary>Radians as degrees.</summary>
    public static Column Degrees(Column column) => Call("degrees", column);

    /// <summary>Degrees as radians.</summary>
    public static Column Radians(Column column) => Call("radians", column);

    /// <summary>The length of the longest side of a right-angled triangle.</summary>
    public static Column Hypot(Column left, Column right) => Call("hypot", left, right);

    /// <summary>The least integer that is not less.</summary>
    public static Column Ceil(Column column) => Call("ceil", column);

    /// <summary>The greatest integer that is not greater.</summary>
    public static Column Floor(Column column) => Call("floor", column);

    /// <summary>Rounded to so many digits, halves away from zero.</summary>
    public static Column Round(Column column, int scale = 0) => Call("round", column, Lit(scale));

    /// <summary>Rounded to so many digits, halves to even.</summary>
    public static Column BRound(Column column, int scale = 0) => Call("bround", column, Lit(scale));

    /// <summary>The nearest integer, as a double.</summary>
    public static Column Rint(Column column) => Call("rint", column);

    /// <summary>-1, 0 or 1.</summary>
    public static Column Signum(Column column) => Call("signum", column);

    /// <summary>The factorial of 0 to 20.</summary>
    public static Column Factorial(Column column) => Call("factorial", column);

    /// <summary>The remainder, never negative.</summary>
    public static Column Pmod(Column dividend, Column divisor) => Call("pmod", dividend, divisor);

    /// <summary>The number with the other sign.</summary>
    public static Column Negate(Column column) => Call("negative", column);

    /// <summary>A random number from 0 up to 1.</summary>
    public static Column Rand(long seed) => Call("rand", Lit(seed));

    /// <summary>A random number of the standard normal distribution.</summary>
    public static Column Randn(long seed) => Call("randn", Lit(seed));

    /// <summary>A number, as text, in another base.</summary>
    public static Column Conv(Column column, int fromBase, int toBase) => Call("conv", column, Lit(fromBase), Lit(toBase));

    /// <summary>In hexadecimal.</summary>
    public static Column Hex(Column column) => Call("hex", column);

    /// <summary>Bytes of hexadecimal text.</summary>
    public static Column Unhex(Column column) => Call("unhex", column);

    /// <summary>In binary.</summary>
    public static Column Bin(Column column) => Call("bin", column);

    /// <summary>The bits further to the left.</summary>
    public static Column ShiftLeft(Column column, int numBits) => Call("shiftleft", column, Lit(numBits));

    /// <summary>The bits further to the right, with the sign.</summary>
    public static Column ShiftRight(Column column, int numBits) => Call("shiftright", column, Lit(numBits));

    /// <summary>The bits further to the right, with zeros.</summary>
    public static Column ShiftRightUnsigned(Column column, int numBits) => Call("shiftrightunsigned", column, Lit(numBits));

    /// <summary>The bits that it has not.</summary>
    public static Column BitwiseNot(Column column) => Call("~", column);

    /// <summary>How many bits it has.</summary>
    public static Column BitCount(Column column) => Call("bit_count", column);

    /// <summary>In which of equally wide buckets the value is.</summary>
    public static Column WidthBucket(Column value, Column min, Column max, Column numBucket) => Call("width_bucket", value, min, max, numBucket);

    /// <summary>With commas, and so many digits behind the point.</summary>
    public static Column FormatNumber(Column column, int decimalPlaces) => Call("format_number", column, Lit(decimalPlaces));

    // Text
    /// <summary>Characters, or bytes of binary.</summary>
    public static Column Length(Column column) => Call("length", column);

    /// <summary>Bytes, of text as UTF-8.</summary>
    public static Column OctetLength(Column column) => Call("octet_length", column);

    /// <summary>In capitals.</summary>
    public static Column Upper(Column column) => Call("upper", column);

    /// <summary>In small letters.</summary>
    public static Column Lower(Column column) => Call("lower", column);

    /// <summary>Each word with a capital.</summary>
    public static Column InitCap(Column column) => Call("initcap", column);

    /// <summary>Without spaces on both sides.</summary>
    public static Column Trim(Column column) => Call("trim", column);

    /// <summary>Without spaces on the left.</summary>
    public static Column LTrim(Column column) => Call("ltrim", column);

    /// <summary>Without spaces on the right.</summary>
    public static Column RTrim(Column column) => Call("rtrim", column);

    /// <summary>Filled up on the left, or cut.</summary>
    public static Column LPad(Column column, int length, string pad) => Call("lpad", column, Lit(length), Lit(pad));

    /// <summary>Filled up on the right, or cut.</summary>
    public static Column RPad(Column column, int length, string pad) => Call("rpad", column, Lit(length), Lit(pad));

    /// <summary>So many times.</summary>
    public static Column Repeat(Column column, int n) => Call("repeat", column, Lit(n));

    /// <summary>Text or an array, backwards.</summary>
    public static Column Reverse(Column column) => Call("reverse", column);

    /// <summary>Texts, or arrays, one behind the other.</summary>
    public static Column Concat(params Column[] columns) => Call("concat", columns);

    /// <summary>Texts with a separator in between, without null.</summary>
    public static Column ConcatWs(string separator, params Column[] columns) => Call("concat_ws", [Lit(separator), .. columns]);

    /// <summary>A part of text or bytes; the first is 1.</summary>
    public static Column Substring(Column column, int position, int length) => Call("substring", column, Lit(position), Lit(length));

    /// <summary>What stands before the nth delimiter; counted from the right where it is negative.</summary>
    public static Column SubstringIndex(Column column, string delimiter, int count) => Call("substring_index", column, Lit(delimiter), Lit(count));

    /// <summary>The first characters.</summary>
    public static Column Left(Column column, Column length) => Call("left", column, length);

    /// <summary>The last characters.</summary>
    public static Column Right(Column column, Column length) => Call("right", column, length);

    /// <summary>Where another text starts in it, from 1; 0 where it is not in it.</summary>
    public static Column Instr(Column column, string substring) => Call("instr", column, Lit(substring));

    /// <summary>Where another text starts in it, from 1 and from a position on; 0 where it is not in it.</summary>
    public static Column Locate(string substring, Column column, int position = 1) => Call("locate", Lit(substring), column, Lit(position));

    /// <summary>Whether it holds another.</summary>
    public static Column Contains(Column column, Column other) => Call("contains", column, other);

    /// <summary>Whether it starts with another.</summary>
    public static Column StartsWith(Column column, Column prefix) => Call("startswith", column, prefix);

    /// <summary>Whether it ends with another.</summary>
    public static Column EndsWith(Column column, Column suffix) => Call("endswith", column, suffix);

    /// <summary>With all places of one text changed to another.</summary>
    public static Column Replace(Column column, Column search, Column replacement) => Call("replace", column, search, replacement);

    /// <summary>With characters changed one by one.</summary>
    public static Column Translate(Column column, string matching, string replacement) => Call("translate", column, Lit(matching), Lit(replacement));

    /// <summary>A group of the first match of a regular expression of Java's; empty where there is none.</summary>
    public static Column RegexpExtract(Column column, string pattern, int group = 1) => Call("regexp_extract", column, Lit(pattern), Lit(group));

    /// <summary>A group of all matches.</summary>
    public static Column RegexpExtractAll(Column column, Column pattern, Column group) => Call("regexp_extract_all", column, pattern, group);

    /// <summary>With all matches of a regular expression of Java's changed.</summary>
    public static Column RegexpReplace(Column column, string pattern, string replacement) => Call("regexp_replace", column, Lit(pattern), Lit(replacement));

    /// <summary>Whether a regular expression of Java's is found.</summary>
    public static Column RegexpLike(Column column, Column pattern) => Call("regexp_like", column, pattern);

    /// <summary>How often a regular expression of Java's is found.</summary>
    public static Column RegexpCount(Column column, Column pattern) => Call("regexp_count", column, pattern);

    /// <summary>The parts between matches of a regular expression of Java's.</summary>
    public static Column Split(Column column, string pattern, int limit = -1) => Call("split", column, Lit(pattern), Lit(limit));

    /// <summary>The nth part between delimiters, from 1.</summary>
    public static Column SplitPart(Column column, Column delimiter, Column part) => Call("split_part", column, delimiter, part);

    /// <summary>The code of the first character.</summary>
    public static Column Ascii(Column column) => Call("ascii", column);

    /// <summary>The character of a code.</summary>
    public static Column Chr(Column column) => Call("chr", column);

    /// <summary>Bytes as Base64.</summary>
    public static Column Base64(Column column) => Call("base64", column);

    /// <summary>Bytes of Base64.</summary>
    public static Column UnBase64(Column column) => Call("unbase64", column);

    /// <summary>Text as bytes.</summary>
    public static Column Encode(Column column, string charset) => Call("encode", column, Lit(charset));

    /// <summary>Text of bytes.</summary>
    public static Column Decode(Column column, string charset) => Call("decode", column, Lit(charset));

    /// <summary>How many characters must be changed to make one of the other.</summary>
    public static Column Levenshtein(Column left, Column right) => Call("levenshtein", left, right);

    /// <summary>A code of how a word sounds in English.</summary>
    public static Column Soundex(Column column) => Call("soundex", column);

    /// <summary>Values in a pattern of Java's: <c>%d %s</c>.</summary>
    public static Column FormatString(string format, params Column[] arguments) => Call("format_string", [Lit(format), .. arguments]);

    /// <summary>MD5 in hexadecimal.</summary>
    public static Column Md5(Column column) => Call("md5", column);

    /// <summary>SHA-1 in hexadecimal.</summary>
    public static Column Sha1(Column column) => Call("sha1", column);

    /// <summary>SHA-224, 256, 384 or 512 in hexadecimal.</summary>
    public static Column Sha2(Column column, int numBits) => Call("sha2", column, Lit(numBits));

    /// <summary>The checksum of zip.</summary>
    public static Column Crc32(Column column) => Call("crc32", column);

    /// <summary>Murmur3 in 32 bits.</summary>
    public static Column Hash(params Column[] columns) => Call("hash", columns);

    /// <summary>xxHash in 64 bits.</summary>
    public static Column XXHash64(params Column[] columns) => Call("xxhash64", columns);

    /// <summary>A random UUID.</summary>
    public static Column Uuid() => Call("uuid");

    // Days and times
    /// <summary>The day when the query began, in the session's time zone.</summary>
    public static Column CurrentDate() => Call("current_date");

    /// <summary>The instant when the query began.</summary>
    public static Column CurrentTimestamp() => Call("current_timestamp");

    /// <summary>The instant when the query began.</summary>
    public static Column Now() => Call("now");

    /// <summary>The year.</summary>
    public static Column Year(Column column) => Call("year", column);

    /// <summary>The quarter, from 1.</summary>
    public static Column Quarter(Column column) => Call("quarter", column);

    /// <summary>The month, from 1.</summary>
    public static Column Month(Column column) => Call("month", column);

    /// <summary>The week of ISO 8601.</summary>
    public static Column WeekOfYear(Column column) => Call("weekofyear", column);

    /// <summary>The day of the month, from 1.</summary>
    public static Column DayOfMonth(Column column) => Call("dayofmonth", column);

    /// <summary>The day of the week; Sunday is 1.</summary>
    public static Column DayOfWeek(Column column) => Call("dayofweek", column);

    /// <summary>The day of the year, from 1.</summary>
    public static Column DayOfYear(Column column) => Call("dayofyear", column);

    /// <summary>The day of the week; Monday is 0.</summary>
    public static Column WeekDay(Column column) => Call("weekday", column);

    /// <summary>The hour.</summary>
    public static Column Hour(Column column) => Call("hour", column);

    /// <summary>The minute.</summary>
    public static Column Minute(Column column) => Call("minute", column);

    /// <summary>The second.</summary>
    public static Column Second(Column column) => Call("second", column);

    /// <summary>So many days later.</summary>
    public static Column DateAdd(Column start, Column days) => Call("date_add", start, days);

    /// <summary>So many days earlier.</summary>
    public static Column DateSub(Column start, Column days) => Call("date_sub", start, days);

    /// <summary>The number of days from the one to the other.</summary>
    public static Column DateDiff(Column end, Column start) => Call("datediff", end, start);

    /// <summary>So many months later.</summary>
    public static Column AddMonths(Column start, Column numMonths) => Call("add_months", start, numMonths);

    /// <summary>The number of months from the one to the other.</summary>
    public static Column MonthsBetween(Column end, Column start, bool roundOff = true) => Call("months_between", end, start, Lit(roundOff));

    /// <summary>The last day of the month.</summary>
    public static Column LastDay(Column column) => Call("last_day", column);

    /// <summary>The next such day: <c>Mon</c>, <c>Tue</c> ...</summary>
    public static Column NextDay(Column column, string dayOfWeek) => Call("next_day", column, Lit(dayOfWeek));

    /// <summary>The first day of the <c>year</c>, <c>quarter</c>, <c>month</c> or <c>week</c>.</summary>
    public static Column Trunc(Column column, string format) => Call("trunc", column, Lit(format));

    /// <summary>The start of the <c>year</c>, <c>day</c>, <c>hour</c> ...</summary>
    public static Column DateTrunc(string format, Column column) => Call("date_trunc", Lit(format), column);

    /// <summary>As text by a pattern of Java's: <c>yyyy-MM-dd</c>.</summary>
    public static Column DateFormat(Column column, string format) => Call("date_format", column, Lit(format));

    /// <summary>Text as a day.</summary>
    public static Column ToDate(Column column) => Call("to_date", column);

    /// <summary>Text as an instant.</summary>
    public static Column ToTimestamp(Column column) => Call("to_timestamp", column);

    /// <summary>Seconds since 1970 as text.</summary>
    public static Column FromUnixTime(Column column, string format = "yyyy-MM-dd HH:mm:ss") => Call("from_unixtime", column, Lit(format));

    /// <summary>Seconds since 1970.</summary>
    public static Column UnixTimestamp(Column column, string format = "yyyy-MM-dd HH:mm:ss") => Call("unix_timestamp", column, Lit(format));

    /// <summary>The instant so many seconds after 1970.</summary>
    public static Column TimestampSeconds(Column column) => Call("timestamp_seconds", column);

    /// <summary>The instant so many milliseconds after 1970.</summary>
    public static Column TimestampMillis(Column column) => Call("timestamp_millis", column);

    /// <summary>The instant so many microseconds after 1970.</summary>
    public static Column TimestampMicros(Column column) => Call("timestamp_micros", column);

    /// <summary>What clocks of a zone show when it is that time in UTC.</summary>
    public static Column FromUtcTimestamp(Column column, string timeZone) => Call("from_utc_timestamp", column, Lit(timeZone));

    /// <summary>What time it is in UTC when clocks of a zone show that.</summary>
    public static Column ToUtcTimestamp(Column column, string timeZone) => Call("to_utc_timestamp", column, Lit(timeZone));

    /// <summary>A day of its parts.</summary>
    public static Column MakeDate(Column year, Column month, Column day) => Call("make_date", year, month, day);

    /// <summary>An instant of its parts, in the session's time zone.</summary>
    public static Column MakeTimestamp(Column year, Column month, Column day, Column hour, Column minute, Column second) =>
        Call("make_timestamp", year, month, day, hour, minute, second);

    // Arrays, maps, structs
    /// <summary>An array of these.</summary>
    public static Column Array(params Column[] columns) => Call("array", columns);

    /// <summary>Whether an array has a value.</summary>
    public static Column ArrayContains(Column column, object? value) => Call("array_contains", column, Lit(value));

    /// <summary>Whether two arrays have an element in common.</summary>
    public static Column ArraysOverlap(Column column1, Column column2) => Call("arrays_overlap", column1, column2);

    /// <summary>The different elements.</summary>
    public static Column ArrayDistinct(Column column) => Call("array_distinct", column);

    /// <summary>The elements that the other array has not, each once.</summary>
    public static Column ArrayExcept(Column column1, Column column2) => Call("array_except", column1, column2);

    /// <summary>The elements that both arrays have, each once.</summary>
    public static Column ArrayIntersect(Column column1, Column column2) => Call("array_intersect", column1, column2);

    /// <summary>The elements of both arrays, each once.</summary>
    public static Column ArrayUnion(Column column1, Column column2) => Call("array_union", column1, column2);

    /// <summary>The elements as one text.</summary>
    public static Column ArrayJoin(Column column, string delimiter) => Call("array_join", column, Lit(delimiter));

    /// <summary>The greatest element.</summary>
    public static Column ArrayMax(Column column) => Call("array_max", column);

    /// <summary>The least element.</summary>
    public static Column ArrayMin(Column column) => Call("array_min", column);

    /// <summary>Where an element is, from 1; 0 where it is not there.</summary>
    public static Column ArrayPosition(Column column, object? value) => Call("array_position", column, Lit(value));

    /// <summary>Without an element.</summary>
    public static Column ArrayRemove(Column column, object? element) => Call("array_remove", column, Lit(element));

    /// <summary>An array of so many of it.</summary>
    public static Column ArrayRepeat(Column column, Column count) => Call("array_repeat", column, count);

    /// <summary>The elements in rising order, null last.</summary>
    public static Column ArraySort(Column column) => Call("array_sort", column);

    /// <summary>The elements in order; null first where it rises.</summary>
    public static Column SortArray(Column column, bool asc = true) => Call("sort_array", column, Lit(asc));

    /// <summary>With an element behind the last.</summary>
    public static Column ArrayAppend(Column column, object? element) => Call("array_append", column, Lit(element));

    /// <summary>With an element before the first.</summary>
    public static Column ArrayPrepend(Column column, object? element) => Call("array_prepend", column, Lit(element));

    /// <summary>Without null.</summary>
    public static Column ArrayCompact(Column column) => Call("array_compact", column);

    /// <summary>Arrays as one of structs.</summary>
    public static Column ArraysZip(params Column[] columns) => Call("arrays_zip", columns);

    /// <summary>An element from 1, from the end where it is negative, or the value of a key.</summary>
    public static Column ElementAt(Column column, object? extraction) => Call("element_at", column, Lit(extraction));

    /// <summary>An element from 0; null beyond the end.</summary>
    public static Column Get(Column column, Column index) => Call("get", column, index);

    /// <summary>An array of arrays as one.</summary>
    public static Column Flatten(Column column) => Call("flatten", column);

    /// <summary>Numbers or days from one to another.</summary>
    public static Column Sequence(Column start, Column stop, Column step) => Call("sequence", start, stop, step);

    /// <summary>The elements in random order.</summary>
    public static Column Shuffle(Column column) => Call("shuffle", column);

    /// <summary>The number of elements or pairs.</summary>
    public static Column Size(Column column) => Call("size", column);

    /// <summary>A part of an array; the first element is 1.</summary>
    public static Column Slice(Column column, Column start, Column length) => Call("slice", column, start, length);

    /// <summary>A row for each element or pair; none where there is none.</summary>
    public static Column Explode(Column column) => Call("explode", column);

    /// <summary>A row for each element or pair; one of null where there is none.</summary>
    public static Column ExplodeOuter(Column column) => Call("explode_outer", column);

    /// <summary>As <see cref="Explode"/>, with the position from 0.</summary>
    public static Column PosExplode(Column column) => Call("posexplode", column);

    /// <summary>As <see cref="ExplodeOuter"/>, with the position from 0.</summary>
    public static Column PosExplodeOuter(Column column) => Call("posexplode_outer", column);

    /// <summary>A row for each struct of an array.</summary>
    public static Column Inline(Column column) => Call("inline", column);

    /// <summary>A map of keys and values by turns.</summary>
    public static Column Map(params Column[] columns) => Call("map", columns);

    /// <summary>A map of keys and of values.</summary>
    public static Column MapFromArrays(Column keys, Column values) => Call("map_from_arrays", keys, values);

    /// <summary>A map of structs of key and value.</summary>
    public static Column MapFromEntries(Column column) => Call("map_from_entries", column);

    /// <summary>The keys.</summary>
    public static Column MapKeys(Column column) => Call("map_keys", column);

    /// <summary>The values.</summary>
    public static Column MapValues(Column column) => Call("map_values", column);

    /// <summary>Structs of key and value.</summary>
    public static Column MapEntries(Column column) => Call("map_entries", column);

    /// <summary>Maps as one.</summary>
    public static Column MapConcat(params Column[] columns) => Call("map_concat", columns);

    /// <summary>Whether a map has a key.</summary>
    public static Column MapContainsKey(Column column, object? key) => Call("map_contains_key", column, Lit(key));

    /// <summary>A struct of these, under their names.</summary>
    public static Column Struct(params Column[] columns) => Call("struct", columns);

    /// <summary>A struct of names and values by turns.</summary>
    public static Column NamedStruct(params Column[] columns) => Call("named_struct", columns);

    // JSON and CSV
    /// <summary>A part of JSON, as text: <c>$.a.b</c>.</summary>
    public static Column GetJsonObject(Column column, string path) => Call("get_json_object", column, Lit(path));

    /// <summary>JSON as a struct, array or map of a schema in DDL.</summary>
    public static Column FromJson(Column column, string schema) => Call("from_json", column, Lit(schema));

    /// <summary>A struct, array or map as JSON.</summary>
    public static Column ToJson(Column column) => Call("to_json", column);

    /// <summary>The schema of a literal of JSON, in DDL.</summary>
    public static Column SchemaOfJson(Column json) => Call("schema_of_json", json);

    /// <summary>The number of elements of a JSON array.</summary>
    public static Column JsonArrayLength(Column column) => Call("json_array_length", column);

    /// <summary>A line of CSV as a struct of a schema in DDL.</summary>
    public static Column FromCsv(Column column, string schema) => Call("from_csv", column, Lit(schema));

    /// <summary>A struct as a line of CSV.</summary>
    public static Column ToCsv(Column column) => Call("to_csv", column);

    // Where a row is from
    /// <summary>A number that no other row has; rising, with gaps.</summary>
    public static Column MonotonicallyIncreasingId() => Call("monotonically_increasing_id");

    /// <summary>The number of the partition.</summary>
    public static Column SparkPartitionId() => Call("spark_partition_id");

    /// <summary>The file that the row was read from.</summary>
    public static Column InputFileName() => Call("input_file_name");

    /// <summary>The type, in DDL.</summary>
    public static Column TypeOf(Column column) => Call("typeof", column);

    /// <summary>Fails with a message.</summary>
    public static Column RaiseError(Column message) => Call("raise_error", message);

    /// <summary>Null; fails where it is not true.</summary>
    public static Column AssertTrue(Column column) => Call("assert_true", column);

    private static Column CallDistinct(string name, params Column[] arguments) =>
        new(context => Sql.Column.Function(name, context.Build(arguments), isDistinct: true));
}
