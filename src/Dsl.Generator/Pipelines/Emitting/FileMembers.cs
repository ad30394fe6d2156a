namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>A fitted pipeline in a folder, and rows from files.</summary>
internal static class FileMembers
{
    public static PipelinePart Part { get; } = new(["Save", "Load", "ReadCsv", "Dispose"], Write);

    private static void Write(PipelineContext context)
    {
        if (!context.Throws)
        {
            FileCode.Write(context.Code);
            return;
        }

        string none = context.MayBeNull;
        context.Stub("Save", "Writes metadata.json, pipeline.safetensors and a file a network into a folder.", "public void Save(string folder)");
        context.Stub("Load", "Reads what Save wrote.", $"public static {context.Class} Load(string folder, global::Dsl.PipelineOptions{none} options = null)");
        if (context.RowType.Construction is not null)
            context.Stub("ReadCsv", "Rows of a CSV file, one after the other.", $"{context.RowAccess} static {context.Rows} ReadCsv(string path, global::Dsl.CsvOptions{none} options = null)");
        context.Stub("Dispose", "Frees the networks.", "public void Dispose()");
    }
}
