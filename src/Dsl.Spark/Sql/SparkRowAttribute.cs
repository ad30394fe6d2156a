using System;

namespace Dsl.Spark.Sql;

/// <summary>
/// Makes a partial record a row of a table: <c>df.As&lt;Penguin&gt;()</c> and <c>spark.CreateDataFrame(penguins)</c> take it, without reflection. Each parameter of its constructor is a column of that
/// name: <c>bool</c>, <c>sbyte</c>, <c>short</c>, <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>decimal</c>, <c>string</c>, <c>byte[]</c> (binary), <c>DateOnly</c>, <c>DateTime</c>,
/// <c>DateTimeOffset</c>, what may be null of these, arrays, <c>List&lt;T&gt;</c> and <c>IReadOnlyList&lt;T&gt;</c> of them, and records that are marked likewise (structs).
/// </summary>
/// <example>
/// <code>
/// [SparkRow] public partial record Penguin(string Species, double? BillLength);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class SparkRowAttribute : Attribute;
