namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How rows go through a fitted pipeline, and what it says of itself.</summary>
internal static class RunMembers
{
    private const string DataFrame = "global::Dsl.Spark.Sql.DataFrame";

    public static PipelinePart Part { get; } = new(["Predict", "Transform", "Summary", "Explain"], Write);

    private static void Write(PipelineContext context)
    {
        string row = context.RowType.CSharp;
        if (!context.Throws)
        {
            RowCode.Write(context.Code);
            BatchCode.Write(context.Code);
            TextCode.Write(context.Code);
            if (context.Declaration.HasSpark)
                SparkCode.Write(context.Code);
            WriteExplicit(context);
            return;
        }

        context.Stub("Predict", "One row through all stages and models.", $"{context.OutputAccess} {context.Predicted} Predict({row} row)");
        context.Stub("Transform", "Every row through all stages and models, lazily, in order.", $"{context.OutputAccess} {context.OutputRows} Transform({context.Rows} rows)");
        if (context.Declaration.HasSpark)
            context.Stub("Transform", "The same in Spark's executors.", $"public {DataFrame} Transform({DataFrame} rows)");
        context.Stub("Explain", "A row's way: a line a stage with what it made.", $"{context.RowAccess} string Explain({row} row)");
        context.Stub("Summary", "The stages with columns, kinds, sizes and what was learnt.", "public string Summary()");
        TextCode.WriteInterface(context, columns: context.Throw, stages: context.Throw);
        WriteExplicit(context);
        context.Writer.Line();
    }

    private static void WriteExplicit(PipelineContext context)
    {
        string row = context.RowType.CSharp;
        if (context.IsOutputHidden && context.Names.IsFree("Predict") && context.Names.IsFree("Transform"))
        {
            string face = $"global::Dsl.IPipeline<{row}, {context.Class}.{context.Names.OutputRow}>";
            context.Writer.Line($"{context.Predicted} {face}.Predict({row} row) => Predict(row);");
            context.Writer.Line($"{context.OutputRows} {face}.Transform({context.Rows} rows) => Transform(rows);");
        }
    }
}
